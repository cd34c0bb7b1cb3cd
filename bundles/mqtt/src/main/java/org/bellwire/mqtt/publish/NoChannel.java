package org.bellwire.mqtt.publish;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** The channel while there is no connection: refuses everything. */
final class NoChannel implements PublishChannel {

    @Override
    public void send(String topic, boolean belowRoot, MqttMessage message, IMqttActionListener listener) {
        // Its window is closed.
    }

    @Override
    public void giveUp(BrokerUnresponsiveException reason) {
        // There is nothing to give up.
    }

    @Override
    public boolean isHungUp() {
        return false;
    }
}
