package org.bellwire.api.config;

import java.net.InetAddress;

/** One network in CIDR form, or one address. */
public final class Cidr {

    private final byte[] address;
    private final int bits;

    private Cidr(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Throws if the text is neither {@code 10.0.0.0/8} nor {@code fc00::/7} nor an address. */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = IpLiteral.parseWithoutZone(address.strip())
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + address));
        int most = bytes.length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1).strip());
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("more bits than an address has: " + text);
        }
        return new Cidr(bytes, bits);
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (address[whole] ^ other[whole]) >> (8 - rest) == 0;
    }
}
