/** Completion of words by the phones, vendors and events that there are. */
@NullMarked
package org.bellwire.shell.complete;

import org.jspecify.annotations.NullMarked;
