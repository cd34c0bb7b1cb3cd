package org.bellwire.api.config;

import java.net.InetAddress;
import java.util.List;

/** A set of networks. */
public record Networks(List<Cidr> all) {

    public static final Networks NONE = new Networks(List.of());

    /** Loopback, private and link-local ranges. */
    public static final Networks PRIVATE = of(List.of(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "::1",
            "fc00::/7",
            "fe80::/10"));

    public Networks {
        all = List.copyOf(all);
    }

    /** Throws if one of them is not an address or network. */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Cidr::parse).toList());
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Cidr network : all) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
