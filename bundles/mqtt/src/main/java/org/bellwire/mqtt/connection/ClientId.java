package org.bellwire.mqtt.connection;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name at the broker where none is configured: of this host and this Karaf, so that two gateways as unpacked do not throw
 * each other out, and the same at each start.
 */
public final class ClientId {

    private static final Logger log = LoggerFactory.getLogger(ClientId.class);
    /** The host's name without a name service, which may be slow and say something else another time. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private static final List<String> VARIABLES = List.of("HOSTNAME", "COMPUTERNAME");
    private static final int LONGEST = 40;

    private ClientId() {}

    public static String ofThisHost(String instance) {
        return of(hostName(KERNEL, System.getenv()).or(ClientId::hardware).orElse("gateway"), instance);
    }

    static String of(String host, String instance) {
        return "bellwire-" + clean(host) + "-" + clean(instance);
    }

    /** Letters, digits, {@code . _ -} are taken by every broker. */
    private static String clean(String name) {
        String clean = name.strip().replaceAll("[^0-9A-Za-z._-]", "-");
        if (clean.length() <= LONGEST) {
            return clean;
        }
        String rest = String.format(Locale.ROOT, "-%08x", name.hashCode());
        return clean.substring(0, LONGEST - rest.length()) + rest;
    }

    static Optional<String> hostName(Path kernel, Map<String, String> environment) {
        Stream<String> names = Stream.concat(
                read(kernel).stream(), VARIABLES.stream().map(variable -> environment.getOrDefault(variable, "")));
        return names.map(String::strip)
                .filter(name ->
                        !name.isEmpty() && !name.toLowerCase(Locale.ROOT).startsWith("localhost"))
                .findFirst();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            log.debug("the host's name is not in {}", file, e);
            return Optional.empty();
        }
    }

    /** The address of a network card, for hosts without a name of their own. */
    private static Optional<String> hardware() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(ClientId::address)
                    .flatMap(Optional::stream)
                    .sorted()
                    .findFirst();
        } catch (SocketException e) {
            log.debug("the host has no network", e);
            return Optional.empty();
        }
    }

    private static Optional<String> address(NetworkInterface card) {
        try {
            return card.isVirtual()
                    ? Optional.empty()
                    : Optional.ofNullable(card.getHardwareAddress()).map(HexFormat.of()::formatHex);
        } catch (SocketException e) {
            log.debug("{} has gone", card, e);
            return Optional.empty();
        }
    }
}
