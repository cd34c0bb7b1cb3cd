package org.bellwire.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus.Undelivered;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** One message on its way: its own future and listener, to be one object where thousands a second are made. */
final class Outgoing extends CompletableFuture<Void> implements IMqttActionListener {

    private static final byte[] NOTHING = {};

    private final Window window;
    private final String path;
    private final MqttMessage message;
    private final int size;
    private final long deadline;
    /** Its fate is decided. Guarded by the window. */
    private boolean settled;
    /** It is with Paho. Guarded by the window. */
    private boolean sent;
    /** The broker has it. Guarded by the window. */
    private boolean acknowledged;
    /** Nothing like it is ever sent. Guarded by the window. */
    private boolean hopeless;

    Outgoing(Window window, Message message, long deadline) {
        this.window = window;
        this.path = message.topic().path();
        boolean small = message.payload().length() <= Window.MAX_BYTES; // a larger one is not worth the encoding
        this.message = new MqttMessage(small ? message.payload().getBytes(StandardCharsets.UTF_8) : NOTHING);
        this.message.setQos(1);
        this.message.setRetained(message.retained());
        size = path.length()
                + (small ? this.message.getPayload().length : message.payload().length());
        this.deadline = deadline;
    }

    String path() {
        return path;
    }

    MqttMessage message() {
        return message;
    }

    Window window() {
        return window;
    }

    /** Bytes of topic and payload. */
    int size() {
        return size;
    }

    boolean isTooLarge() {
        return size - path.length() > Window.MAX_BYTES;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** False: it was before. */
    boolean acknowledge() {
        boolean first = !acknowledged;
        acknowledged = true;
        return first;
    }

    boolean isHopeless() {
        return hopeless;
    }

    void giveUp() {
        hopeless = true;
    }

    boolean isSent() {
        return sent;
    }

    void sent() {
        sent = true;
    }

    boolean isLate(long now) {
        return deadline - now <= 0;
    }

    boolean isSettled() {
        return settled;
    }

    /** True for the first who settles it: he completes it, outside the window's lock. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    void fail(String reason) {
        completeExceptionally(new Undelivered(reason));
    }

    @Override
    public void onSuccess(IMqttToken token) {
        window.acknowledged(this);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        // Paho has no other reason once it has taken a message
        window.close("the connection to the broker was lost", HangUp.isHangUp(cause));
    }
}
