package org.bellwire.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus.Subscriber;

/** A subscriber that notes what it is told, in order. */
public final class RecordingSubscriber implements Subscriber {

    private final String filter;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    public RecordingSubscriber(String filter) {
        this.filter = filter;
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String filter() {
        return filter;
    }

    @Override
    public void connected() {
        calls.add("connected");
    }

    @Override
    public void disconnected() {
        calls.add("disconnected");
    }

    @Override
    public void arrived(Topic topic, String payload) {
        calls.add(topic + " " + payload);
    }

    @Override
    public void dropped(Topic topic, String reason) {
        calls.add(topic + " dropped: " + reason);
    }
}
