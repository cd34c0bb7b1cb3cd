/** Load for an unpacked distribution beside a mosquitto, and what became of it. */
@NullMarked
package org.bellwire.bench;

import org.jspecify.annotations.NullMarked;
