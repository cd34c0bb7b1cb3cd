package org.bellwire.api;

/** A bound on how often: so many a second on average, and so many at once. */
public record Rate(double perSecond, int burst) {

    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("a rate and its burst are positive");
        }
    }
}
