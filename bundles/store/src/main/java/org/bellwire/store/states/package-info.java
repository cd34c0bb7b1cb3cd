/** What is known of the phones, in a file that outlives a restart. */
@NullMarked
package org.bellwire.store.states;

import org.jspecify.annotations.NullMarked;
