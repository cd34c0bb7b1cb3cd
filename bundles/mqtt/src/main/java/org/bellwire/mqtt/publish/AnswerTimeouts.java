package org.bellwire.mqtt.publish;

import java.time.Duration;

/**
 * How long the broker may take to answer.
 *
 * @param connect for its answer to our connecting; a little more than TCP has, so that it is TCP's failure that is told
 * @param answer for its answer to a subscription
 * @param acknowledgement for that of the oldest message under way, then the connection is given up
 * @param farewell for that of our last word
 */
public record AnswerTimeouts(Duration connect, Duration answer, Duration acknowledgement, Duration farewell) {

    public static final AnswerTimeouts DEFAULT = new AnswerTimeouts(
            Duration.ofSeconds(11), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
