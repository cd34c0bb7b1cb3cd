package org.bellwire.mqtt.publish;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** What the window needs of a connection. */
public interface PublishChannel {

    /**
     * Sends without blocking, in the order of the calls; the listener hears of the broker's acknowledgement.
     *
     * @param belowRoot the topic stands below the root, which the channel knows
     */
    void send(String topic, boolean belowRoot, MqttMessage message, IMqttActionListener listener) throws MqttException;

    /** Is of no use any longer: to be closed, and another to be opened. */
    void giveUp(BrokerUnresponsiveException reason);

    /** The broker has closed it. */
    boolean isHungUp();
}
