/** The two desks, events and commands, and the phones they work for. */
@NullMarked
package org.bellwire.core;

import org.jspecify.annotations.NullMarked;
