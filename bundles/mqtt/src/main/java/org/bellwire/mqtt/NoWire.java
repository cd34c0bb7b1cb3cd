package org.bellwire.mqtt;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Where there is no connection. */
final class NoWire implements Wire {

    @Override
    public void send(String path, MqttMessage message, IMqttActionListener listener) {
        // Its window is closed.
    }

    @Override
    public void giveUp(Unanswered reason) {
        // There is nothing to give up.
    }

    @Override
    public boolean isHungUp() {
        return false;
    }
}
