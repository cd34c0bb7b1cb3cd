/** What is known of the phones, kept over a restart. */
@NullMarked
package org.bellwire.core.persist;

import org.jspecify.annotations.NullMarked;
