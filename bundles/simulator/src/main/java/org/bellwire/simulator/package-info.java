/** Phones that send and answer as the real ones do, made from a vendor's tables. For trying and testing, on loopback only. */
@NullMarked
package org.bellwire.simulator;

import org.jspecify.annotations.NullMarked;
