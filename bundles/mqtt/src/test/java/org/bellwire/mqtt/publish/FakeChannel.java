package org.bellwire.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttToken;

/** A connection that notes what is sent and answers when told. */
public final class FakeChannel implements PublishChannel {

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final Deque<IMqttActionListener> unanswered = new ConcurrentLinkedDeque<>();
    private final List<String> givenUp = new CopyOnWriteArrayList<>();
    private volatile boolean hungUp;
    private int busy;

    @Override
    public void send(String path, boolean belowRoot, MqttMessage message, IMqttActionListener listener)
            throws MqttException {
        if (busy > 0) {
            busy--;
            throw new MqttException(MqttException.REASON_CODE_MAX_INFLIGHT);
        }
        String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
        if (payload.equals("bad")) {
            throw new IllegalArgumentException("meant to fail");
        }
        unanswered.add(listener);
        paths.add(path);
        sent.add(payload); // last: who sees it may answer it
    }

    @Override
    public void giveUp(BrokerUnresponsiveException reason) {
        givenUp.add(String.valueOf(reason.getMessage()));
    }

    @Override
    public boolean isHungUp() {
        return hungUp;
    }

    /** The broker has closed it. */
    void hangUp() {
        hungUp = true;
    }

    /** Why it was given up, each time. */
    List<String> givenUp() {
        return new ArrayList<>(givenUp);
    }

    /** The payloads, in order. */
    public List<String> sent() {
        return new ArrayList<>(sent);
    }

    public List<String> paths() {
        return new ArrayList<>(paths);
    }

    /** So many messages are not taken now. */
    void beBusy(int times) {
        busy = times;
    }

    public void acknowledge(int count) {
        for (int i = 0; i < count; i++) {
            unanswered.remove().onSuccess(new MqttToken());
        }
    }

    void acknowledgeLast() {
        unanswered.removeLast().onSuccess(new MqttToken());
    }

    /** The connection is lost. */
    void fail() {
        unanswered.remove().onFailure(new MqttToken(), new MqttException(MqttException.REASON_CODE_CONNECTION_LOST));
    }
}
