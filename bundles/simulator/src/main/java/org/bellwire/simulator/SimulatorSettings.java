package org.bellwire.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Scheme;
import org.bellwire.api.config.Cfg;

/** What {@code org.bellwire.simulator-<id>.cfg} says. */
record SimulatorSettings(String file, String vendor, Profile profile) {

    private static final String PID = "org.bellwire.simulator";
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    /**
     * Reads a file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static SimulatorSettings read(Map<String, ?> properties) {
        String file = file(properties);
        Cfg cfg = Cfg.of(file, properties);
        String vendor = cfg.text("vendor", "");
        if (vendor.isEmpty()) {
            cfg.fault(
                    "vendor",
                    "is missing: name the vendor whose phone is to be simulated; phone:vendors lists those that are installed");
        }
        String phone = cfg.parsed("phone", PhoneId::parse, "a phone's id: 1 to 64 of a-z 0-9 _ -")
                .map(PhoneId::value)
                .orElseGet(() ->
                        file.replaceFirst("^" + Pattern.quote(PID) + "[-~]", "").replaceFirst("\\.(cfg|config)$", ""));
        InetAddress address = cfg.parsed("address", SimulatorSettings::loopback, "a loopback address such as 127.0.1.1")
                .orElseGet(InetAddress::getLoopbackAddress);
        Profile profile = new Profile(
                phone,
                address,
                cfg.text("port").isPresent() ? OptionalInt.of(cfg.integer("port", 0, 0, 65535)) : OptionalInt.empty(),
                cfg.parsed("scheme", Scheme::ofWire, "http or https"),
                new Profile.Credentials(cfg.text("user"), cfg.secret("password"), cfg.secret("api.token")),
                identity(cfg, address),
                behaviour(cfg));
        cfg.check();
        return new SimulatorSettings(file, vendor, profile);
    }

    private static Profile.Identity identity(Cfg cfg, InetAddress address) {
        Profile.Identity usual = Profile.Identity.of(address);
        return new Profile.Identity(
                cfg.parsed("mac", Mac::parse, "a MAC address such as 02:00:7f:00:01:01")
                        .orElse(usual.mac()),
                cfg.text("number", usual.number()),
                cfg.text("account", usual.account()));
    }

    private static Profile.Behaviour behaviour(Cfg cfg) {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        for (String item : cfg.list("quirks")) {
            Quirk.ofWire(item)
                    .ifPresentOrElse(
                            quirks::add,
                            () -> cfg.fault(
                                    "quirks",
                                    "must be of " + Quirk.all() + ", separated by commas, not '" + item + "'"));
        }
        Profile.Behaviour usual = Profile.Behaviour.PLAIN;
        return new Profile.Behaviour(
                quirks,
                cfg.integer("answer.ms", usual.answerMs(), 0, 60_000),
                cfg.integer("connect.ms", usual.connectMs(), 0, 600_000));
    }

    private static Optional<InetAddress> loopback(String text) {
        if (!LOOPBACK.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.");
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    private static String file(Map<String, ?> properties) {
        Object file = properties.get("felix.fileinstall.filename");
        if (file == null) {
            String pid = String.valueOf(properties.get("service.pid"));
            return PID + "-" + pid.substring(pid.lastIndexOf('~') + 1) + ".cfg";
        }
        return file.toString().substring(file.toString().lastIndexOf('/') + 1);
    }
}
