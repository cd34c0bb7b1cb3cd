package org.bellwire.mqtt.publish;

import java.io.IOException;

/**
 * The broker does not answer in time, or breaks the protocol; the connection is closed for it. The message is for the user.
 */
public final class BrokerUnresponsiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokerUnresponsiveException(String message) {
        super(message);
    }
}
