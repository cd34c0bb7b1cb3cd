package org.bellwire.mqtt;

import java.io.EOFException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Tells a broker that closed the connection from one that was silent or was left. */
final class HangUp {

    private HangUp() {}

    static boolean isHangUp(Throwable failure) {
        return failure instanceof MqttException mqtt
                && mqtt.getReasonCode() == MqttException.REASON_CODE_CONNECTION_LOST
                && (mqtt.getCause() instanceof EOFException
                        || mqtt.getCause() instanceof SocketException
                        || mqtt.getCause() instanceof SSLException);
    }
}
