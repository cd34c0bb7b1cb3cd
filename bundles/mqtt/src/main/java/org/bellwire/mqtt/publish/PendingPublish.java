package org.bellwire.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus.Undelivered;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * One message that waits for its acknowledgement: the future and Paho's listener in one object, since thousands a second are
 * made.
 */
public final class PendingPublish extends CompletableFuture<Void> implements IMqttActionListener {

    /** The bytes of a payload: one with more is refused. */
    public static final int MAX_BYTES = 128 << 10;

    private static final byte[] NOTHING = {};

    private final Owner owner;
    private final String path;
    private final boolean belowRoot;
    private final MqttMessage message;
    private final int size;
    private final long deadline;
    /** Its fate is decided. Guarded by its owner. */
    private boolean settled;
    /** It is with Paho. Guarded by its owner. */
    private boolean sent;
    /** The broker has it. Guarded by its owner. */
    private boolean acknowledged;
    /** Nothing like it is ever sent. Guarded by its owner. */
    private boolean hopeless;

    PendingPublish(Owner owner, Message message, long deadline) {
        this(
                owner,
                message.topic().whole(),
                message.topic().root().isEmpty(),
                message.payload(),
                message.retained(),
                deadline);
    }

    /** @param belowRoot the topic stands below the gateway's own root; else it is whole */
    PendingPublish(Owner owner, String topic, boolean belowRoot, String payload, boolean retained, long deadline) {
        this.owner = owner;
        this.path = topic;
        this.belowRoot = belowRoot;
        boolean small = payload.length() <= MAX_BYTES; // a larger one is not worth the encoding
        this.message = new MqttMessage(small ? payload.getBytes(StandardCharsets.UTF_8) : NOTHING);
        this.message.setQos(1);
        this.message.setRetained(retained);
        size = path.length() + (small ? this.message.getPayload().length : payload.length());
        this.deadline = deadline;
    }

    String path() {
        return path;
    }

    boolean isBelowRoot() {
        return belowRoot;
    }

    MqttMessage message() {
        return message;
    }

    public Owner owner() {
        return owner;
    }

    /** The window that a message goes through. */
    public interface Owner {

        boolean isOpen();

        /** Sends a message when there is room for it. */
        PendingPublish offerPatiently(Message message);

        /** Takes a message back that was not sent; false if it was. */
        boolean withdraw(PendingPublish message);

        void acknowledged(PendingPublish message);

        void close(String reason, boolean byBroker);
    }

    /** Bytes of topic and payload. */
    int size() {
        return size;
    }

    boolean isTooLarge() {
        return size - path.length() > MAX_BYTES;
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

    public boolean isHopeless() {
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

    /** True for the first who settles it: he completes it, outside the owner's lock. */
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
        owner.acknowledged(this);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        // Paho has no other reason once it has taken a message
        owner.close("the connection to the broker was lost", ClosedByBroker.isHangUp(cause));
    }
}
