package org.bellwire.mqtt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log how the connection is: when that changes, not at each try. Of the connection's thread only. */
final class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private boolean up;
    private String trouble = "";

    void up(Settings settings) {
        up = true;
        trouble = "";
        log.info(
                "MQTT broker {}: connected as {}, topics below {}",
                settings.broker(),
                settings.clientId(),
                settings.root());
    }

    void down(Settings settings, Throwable failure) {
        String now = Trouble.of(failure, up);
        if (up || !now.equals(trouble)) {
            String state = up ? "connection lost" : "no connection";
            log.warn("{}: {}: {}: {}; trying again", Settings.FILE, settings.broker(), state, now);
        } else {
            log.debug("{}: {}: still no connection: {}", Settings.FILE, settings.broker(), now);
        }
        log.debug("{}: {}: the failure itself", Settings.FILE, settings.broker(), failure);
        up = false;
        trouble = now;
    }

    void left(Settings settings) {
        if (up) {
            log.info("MQTT broker {}: disconnected", settings.broker());
        }
        up = false;
        trouble = "";
    }
}
