package org.bellwire.health;

import java.time.Duration;

/**
 * What one who connects to the port of probes may have.
 *
 * @param connections at once; one more, and the oldest gives way
 * @param perAddress of them from one address
 * @param headBytes of a request
 * @param whole for a connection from its first moment to its last, whatever comes
 * @param farewell for the peer to close when it has been answered
 */
record ProbeBounds(int connections, int perAddress, int headBytes, Duration whole, Duration farewell) {

    static final ProbeBounds USUAL = new ProbeBounds(32, 16, 4096, Duration.ofSeconds(5), Duration.ofSeconds(1));
}
