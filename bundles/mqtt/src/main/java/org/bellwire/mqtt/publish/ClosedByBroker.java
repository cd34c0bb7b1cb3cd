package org.bellwire.mqtt.publish;

import java.io.EOFException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Tells a connection that the broker closed from one that timed out or that we closed. */
public final class ClosedByBroker {

    private ClosedByBroker() {}

    public static boolean isHangUp(Throwable failure) {
        return failure instanceof MqttException mqtt
                && mqtt.getReasonCode() == MqttException.REASON_CODE_CONNECTION_LOST
                && (mqtt.getCause() instanceof EOFException
                        || mqtt.getCause() instanceof SocketException
                        || mqtt.getCause() instanceof SSLException);
    }
}
