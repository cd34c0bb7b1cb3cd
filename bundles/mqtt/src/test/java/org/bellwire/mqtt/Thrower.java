package org.bellwire.mqtt;

import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus.Subscriber;

/** A subscriber with a bug. */
record Thrower(String filter) implements Subscriber {

    @Override
    public void connected() {
        throw new IllegalStateException("meant to fail");
    }

    @Override
    public void disconnected() {
        throw new IllegalStateException("meant to fail");
    }

    @Override
    public void arrived(Topic topic, String payload) {
        throw new AssertionError("meant to fail");
    }

    @Override
    public void dropped(Topic topic, String reason) {
        throw new IllegalStateException("meant to fail");
    }
}
