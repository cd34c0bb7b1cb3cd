package org.bellwire.mqtt;

import java.io.IOException;

/** The other side keeps us waiting, or breaks MQTT, and the connection is given up for it. The message is for the user. */
final class Unanswered extends IOException {
    private static final long serialVersionUID = 1L;

    Unanswered(String message) {
        super(message);
    }
}
