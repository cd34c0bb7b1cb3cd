package org.bellwire.mqtt.connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the state of the connection when it changes, not at each try. Of the connection's thread only. */
final class ConnectionLog {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

    private boolean up;
    private String trouble = "";

    void up(MqttSettings settings) {
        up = true;
        trouble = "";
        log.info(
                "MQTT broker {}: connected as {}, topics below {}",
                settings.broker(),
                settings.clientId(),
                settings.root());
    }

    void down(MqttSettings settings, Throwable failure) {
        String now = ConnectionFault.of(failure, up);
        if (up || !now.equals(trouble)) {
            String state = up ? "connection lost" : "no connection";
            log.warn("{}: {}: {}: {}; trying again", MqttSettings.FILE, settings.broker(), state, now);
        } else {
            log.debug("{}: {}: still no connection: {}", MqttSettings.FILE, settings.broker(), now);
        }
        log.debug("{}: {}: the failure itself", MqttSettings.FILE, settings.broker(), failure);
        up = false;
        trouble = now;
    }

    void left(MqttSettings settings) {
        if (up) {
            log.info("MQTT broker {}: disconnected", settings.broker());
        }
        up = false;
        trouble = "";
    }
}
