package org.bellwire.mqtt.publish;

import org.bellwire.api.port.LimitLog;

/**
 * What a {@link PublishWindow} goes by, and what outlives its connection.
 *
 * @param acknowledgement nanoseconds that the broker has for the oldest message
 */
record WindowRules(RefusedMessageSearch fatal, LimitLog limits, long acknowledgement) {}
