package org.bellwire.mqtt.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.mqtt.publish.BridgeStatus;
import org.bellwire.mqtt.publish.BrokerUnresponsiveException;
import org.bellwire.mqtt.publish.ClosedByBroker;
import org.bellwire.mqtt.publish.PublishChannel;
import org.bellwire.mqtt.publish.PublishWindow;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, with a Paho client that is never used again. Puts the root before each topic and takes it off.
 * Futures complete on Paho's threads and fail with Paho's reason.
 */
final class BrokerConnection implements PublishChannel, MqttCallback, AutoCloseable {

    private static final int CONNECT_S = 10;

    private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);
    /** For Paho, which never connects to it: the socket knows the broker. */
    private static final String PLACEHOLDER = "tcp://127.0.0.1:1883";

    /** Granted are QoS 0 to 2; all else is a refusal. */
    private static final int GRANTED = 2;

    private final MqttSettings settings;
    private final IncomingFilter inbox;
    private final String prefix;
    private final BrokerSocket socket;
    private final MqttAsyncClient client;
    private final CompletableFuture<IMqttToken> connected = new CompletableFuture<>();
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();

    BrokerConnection(MqttSettings settings, IncomingFilter inbox, ScheduledExecutorService timer, LimitLog limits)
            throws MqttException, IOException, GeneralSecurityException {
        this.settings = settings;
        this.inbox = inbox;
        prefix = settings.root() + "/";
        Optional<SSLSocketFactory> tls =
                settings.tls().isPresent() ? Optional.of(settings.tls().get().sockets()) : Optional.empty();
        socket = new BrokerSocket(
                settings.broker(),
                tls,
                OwedAnswers.patience(settings.keepAlive()),
                (topic, bytes) -> limits.reached(Limit.MQTT_ARRIVED_SIZE, () -> tooLarge(topic, bytes)));
        client = new MqttAsyncClient(
                PLACEHOLDER, settings.clientId(), new MemoryPersistence(), new ScheduledExecutorPingSender(timer));
        client.setCallback(this);
    }

    private static String tooLarge(String topic, long bytes) {
        return "The MQTT broker sends a message of " + bytes + " bytes on " + topic
                + ": it is not taken; find out who publishes it there, and clear it if it is retained";
    }

    CompletableFuture<IMqttToken> connect() {
        try {
            client.connect(options(), null, completing(connected));
        } catch (MqttException e) {
            connected.completeExceptionally(e);
        }
        return connected;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /** Completes with what ended the connection. */
    CompletableFuture<Throwable> lost() {
        return lost;
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(true);
        options.setMaxInflight(PublishWindow.MAX_IN_FLIGHT);
        options.setConnectionTimeout(CONNECT_S);
        options.setKeepAliveInterval(settings.keepAlive());
        options.setSocketFactory(new BrokerSocketFactory(socket));
        settings.user().ifPresent(options::setUserName);
        settings.password()
                .ifPresent(password -> options.setPassword(password.reveal().toCharArray()));
        byte[] offline = BridgeStatus.OFFLINE.payload().getBytes(StandardCharsets.UTF_8);
        options.setWill(prefix + BridgeStatus.OFFLINE.topic(), offline, 1, true);
        return options;
    }

    @Override
    public void send(String topic, boolean belowRoot, MqttMessage message, IMqttActionListener listener)
            throws MqttException {
        client.publish(belowRoot ? prefix + topic : topic, message, null, listener);
    }

    /** Completes with whether the broker grants each filter. */
    CompletableFuture<List<Boolean>> subscribe(List<Subscriptions.Filter> filters) throws MqttException {
        CompletableFuture<IMqttToken> answer = new CompletableFuture<>();
        int[] qos = filters.stream().mapToInt(Subscriptions.Filter::qos).toArray();
        client.subscribe(withRoot(filters), qos, null, completing(answer));
        return answer.thenApply(token -> granted(filters, token.getGrantedQos()));
    }

    private static List<Boolean> granted(List<Subscriptions.Filter> filters, int[] answers) {
        if (answers.length != filters.size()) {
            throw new CompletionException(new BrokerUnresponsiveException("the broker answers a subscription to "
                    + filters.size() + " filters with " + answers.length + " results: it does not speak MQTT 3.1.1"));
        }
        return Arrays.stream(answers)
                .mapToObj(granted -> granted >= 0 && granted <= GRANTED)
                .toList();
    }

    CompletableFuture<IMqttToken> unsubscribe(List<Subscriptions.Filter> filters) throws MqttException {
        CompletableFuture<IMqttToken> answer = new CompletableFuture<>();
        client.unsubscribe(withRoot(filters), null, completing(answer));
        return answer;
    }

    private String[] withRoot(List<Subscriptions.Filter> filters) {
        return filters.stream().map(filter -> filter.whole(settings.root())).toArray(String[]::new);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        inbox.arrivedAnywhere(topic, message);
        if (topic.startsWith(prefix)) {
            inbox.arrived("", topic.substring(prefix.length()), message);
        } else {
            inbox.arrivedAtSite(topic, message);
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost.complete(cause);
    }

    @Override
    public void giveUp(BrokerUnresponsiveException reason) {
        lost.complete(reason);
    }

    @Override
    public boolean isHungUp() {
        return ClosedByBroker.isHangUp(lost.getNow(new IOException("not lost")));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // each message has its own listener
    }

    /**
     * Disconnects if it is well, and leaves neither thread nor socket behind. Takes at most a few seconds. Paho's client is not
     * closed: it would take away what its threads may be using at this moment, and they end with the connection anyway.
     */
    @Override
    public void close() {
        CompletableFuture<IMqttToken> ended = disconnect();
        settles(ended, 2);
        closeSocket();
        settles(connected, 1);
        settles(ended, 1);
        socket.wakeWriter(); // heeded only once Paho knows that the connection is over
    }

    private CompletableFuture<IMqttToken> disconnect() {
        CompletableFuture<IMqttToken> ended = new CompletableFuture<>();
        try {
            if (client.isConnected() && !lost.isDone()) {
                client.disconnect(0, null, completing(ended));
                return ended;
            }
        } catch (MqttException e) {
            log.debug("MQTT broker {}: the connection ended by itself", settings.broker(), e);
        }
        return CompletableFuture.failedFuture(new IOException("not connected"));
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("MQTT broker {}: closing the socket failed", settings.broker(), e);
        }
    }

    private static boolean settles(CompletableFuture<?> future, int seconds) {
        try {
            future.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static IMqttActionListener completing(CompletableFuture<IMqttToken> future) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                future.complete(token);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                future.completeExceptionally(cause);
            }
        };
    }
}
