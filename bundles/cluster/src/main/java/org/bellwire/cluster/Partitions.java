package org.bellwire.cluster;

/** Which partition a phone is in: the same on every gateway, in every version, for ever. */
final class Partitions {

    private Partitions() {}

    static int of(String phone, int count) {
        int hash = phone.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), count);
    }
}
