package org.bellwire.mqtt.publish;

import java.io.IOException;

/** The other side keeps us waiting, or breaks MQTT, and the connection is given up for it. The message is for the user. */
public final class BrokerUnresponsiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokerUnresponsiveException(String message) {
        super(message);
    }
}
