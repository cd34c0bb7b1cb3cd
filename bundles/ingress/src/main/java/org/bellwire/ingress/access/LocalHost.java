package org.bellwire.ingress.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which host phones reach this machine at. */
public final class LocalHost {

    /** Networks inside this machine: no phone is there. */
    private static final List<String> INNER = List.of("docker", "br-", "veth", "virbr", "cni", "podman");

    private LocalHost() {}

    /** The host that is listened on; if that is any, the first site-local IPv4 address, else another one, else loopback. */
    public static String reachableAs(String host) {
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            return host;
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalHost::isOutward)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .min(Comparator.comparing(address -> !address.isSiteLocalAddress()))
                    .map(InetAddress::getHostAddress)
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }

    private static boolean isOutward(NetworkInterface network) {
        try {
            return network.isUp()
                    && Stream.of(network.getName())
                            .noneMatch(name -> INNER.stream().anyMatch(name::startsWith));
        } catch (SocketException e) {
            return false;
        }
    }
}
