package org.bellwire.shell.capture;

import java.time.Instant;

/**
 * One request and its answer; each character is a byte.
 *
 * @param isReport the phone asked; otherwise Bellwire did
 * @param answer a status for a report, else how the phone's answer begins; empty where there was none
 */
record CapturedExchange(Instant time, boolean isReport, String request, String answer) {

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "CapturedExchange[" + time + "]";
    }
}
