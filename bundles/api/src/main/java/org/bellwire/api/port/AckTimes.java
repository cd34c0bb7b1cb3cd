package org.bellwire.api.port;

/**
 * How long the broker took to acknowledge events, those of the disk left out. Both grow since the start.
 *
 * @param events that it acknowledged
 * @param nanos for all of them together, each from when it was taken in
 */
public record AckTimes(long events, long nanos) {

    /** Nobody measures. */
    public static final AckTimes NONE = new AckTimes(0, 0);
}
