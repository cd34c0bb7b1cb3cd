/** The whole, seen from outside: the unpacked distribution, a real broker, phones that record what they are sent. */
@NullMarked
package org.bellwire.itests;

import org.jspecify.annotations.NullMarked;
