package org.bellwire.mqtt.connection;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.bellwire.mqtt.publish.BrokerUnresponsiveException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What is wrong with the connection, and what the user can change. */
final class ConnectionFault {

    private ConnectionFault() {}

    /** Says it in one line. */
    static String of(Throwable failure, boolean wasConnected) {
        if (failure instanceof MqttException mqtt && mqtt.getReasonCode() != 0) {
            return ofMqtt(mqtt, wasConnected);
        }
        Throwable cause = failure.getCause();
        return ofCause(cause == null ? failure : cause, wasConnected);
    }

    private static boolean tellsItself(Throwable cause) {
        return cause instanceof BrokerUnresponsiveException || cause instanceof ProtocolException;
    }

    private static String ofMqtt(MqttException failure, boolean wasConnected) {
        return switch (failure.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
                "wrong user or password: put 'user' and 'password' right";
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                "not authorized: check 'user', 'password' and 'client.id', and the broker's access list";
            case MqttException.REASON_CODE_INVALID_CLIENT_ID -> "the broker does not take this 'client.id'";
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker is not available now";
            case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
                "the broker no longer answers: check it and the network";
            default -> {
                Throwable cause = failure.getCause();
                yield cause == null ? "error " + failure.getReasonCode() : ofCause(cause, wasConnected);
            }
        };
    }

    private static String ofCause(Throwable cause, boolean wasConnected) {
        if (tellsItself(cause)) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return "unknown host: check 'url' and the name service";
        }
        if (cause instanceof NoRouteToHostException || cause instanceof SocketTimeoutException) {
            return "no way to the host: check 'url', the network and firewalls";
        }
        if (cause instanceof ConnectException) {
            return "refused: start the broker or put 'url' right";
        }
        if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
            return "TLS failed (" + cause.getMessage() + "): check 'tls.trust', 'tls.certificate', 'tls.key',"
                    + " the host's name in 'url', and that the port speaks TLS";
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return cause.getMessage() + ": put 'tls.trust', 'tls.certificate' and 'tls.key' right";
        }
        if (cause instanceof TimeoutException) {
            return "no answer: check that 'url' names an MQTT port and that the broker is well";
        }
        if (cause instanceof EOFException || cause instanceof SocketException) {
            return wasConnected
                    ? "closed by the broker: it stopped, another client uses the same 'client.id', or a message is too"
                            + " large for it"
                    : "closed by the broker: check whether the port wants TLS (ssl://)";
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }
}
