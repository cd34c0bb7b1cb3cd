package org.bellwire.console.session;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.Token;

/**
 * What {@code org.bellwire.console.cfg} says.
 *
 * @param token empty: one is to be made
 * @param open nobody has to log in; only on a loopback address
 */
public record ConsoleSettings(String host, int port, Optional<Secret> token, boolean open) {

    public static final String PID = "org.bellwire.console";
    public static final String FILE = PID + ".cfg";
    public static final ConsoleSettings DEFAULT = new ConsoleSettings("127.0.0.1", 8181, Optional.empty(), false);

    private static final String NONE = "none";

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    public static ConsoleSettings read(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(FILE, properties);
        String host = cfg.text("host", DEFAULT.host());
        int port = cfg.integer("port", DEFAULT.port(), 0, 65_535);
        Optional<String> token = cfg.text("token");
        boolean open = token.filter(NONE::equals).isPresent();
        Optional<Secret> secret = token.filter(text -> !open).flatMap(Token::parse);
        if (token.isPresent() && !open && secret.isEmpty()) {
            cfg.fault("token", "is to have 22 to 128 of A-Z a-z 0-9 . _ ~ -; empty: one is made");
        }
        if (open && !isLoopback(host)) {
            cfg.fault("token", "none is allowed with host = 127.0.0.1 only: everybody on the network could log in");
        }
        cfg.check();
        return new ConsoleSettings(host, port, secret, open);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
