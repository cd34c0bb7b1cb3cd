package org.bellwire.cluster;

import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;

/** Several gateways have one {@code bridge/status}: whoever hears that another one is offline says that Bellwire is online. */
final class SharedStatus implements Bus.Subscriber {

    private static final Topic STATUS = Topic.of("bridge", "status");

    private final Bus bus;

    SharedStatus(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String filter() {
        return STATUS.path();
    }

    @Override
    public void connected() {
        // The connection says so itself.
    }

    @Override
    public void disconnected() {
        // The broker says so.
    }

    @Override
    public void arrived(Topic topic, String payload) {
        if (payload.equals("offline") && bus.isConnected()) {
            bus.publish(Message.retained(STATUS, "online"));
        }
    }
}
