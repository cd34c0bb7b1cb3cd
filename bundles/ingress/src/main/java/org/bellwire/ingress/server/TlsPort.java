package org.bellwire.ingress.server;

import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.TlsIdentity;

/** The port that speaks TLS, and who it says that we are. */
record TlsPort(int port, TlsIdentity identity) {

    private static final int OFF = -1;

    /** Empty: there is to be none, or what the file says of it is wrong. */
    static Optional<TlsPort> of(Cfg cfg, int plainPort) {
        Optional<Integer> port = cfg.parsed("tls.port", TlsPort::number, "a whole number from 0 to 65535, or off");
        boolean wanted = port.filter(number -> number != OFF).isPresent();
        Optional<TlsIdentity> identity = TlsIdentity.of(cfg);
        boolean named = Stream.of("tls.certificate", "tls.key")
                .anyMatch(key -> cfg.text(key).isPresent());
        if (wanted && !named) {
            cfg.fault("tls.certificate", "is missing: tls.port needs a certificate and its key");
        } else if (named && cfg.text("tls.port").isEmpty()) {
            cfg.fault("tls.port", "is missing: tls.certificate and tls.key need a port, or off");
        }
        if (wanted
                && plainPort > 0
                && port.filter(number -> number == plainPort).isPresent()) {
            cfg.fault("tls.port", "must not be the same as port");
            return Optional.empty();
        }
        return wanted ? port.flatMap(number -> identity.map(who -> new TlsPort(number, who))) : Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        int number = text.equalsIgnoreCase("off") ? OFF : Integer.parseUnsignedInt(text);
        return number > 65_535 ? Optional.empty() : Optional.of(number);
    }
}
