package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** What a broker sends, mutated: Paho gets whole and small packets of it, or the connection ends. */
class IncomingPacketFuzzTest {

    private static final byte[] CONVERSATION = HexFormat.of()
            .parseHex(
                    "20020000" // accepted
                            + "9003000101" // subscribed
                            + "32090003612f6200076869" // a message, QoS 1
                            + "300600016178797a" // QoS 0
                            + "34050001610009" // QoS 2
                            + "62020009" // and its release
                            + "40020001" // acknowledged
                            + "d000"); // pong

    @Test
    void no_broker_does_harm() {
        Fuzzing.of("what comes from the broker")
                .from(CONVERSATION)
                .from(large())
                .with("bellwire/lobby/command/dial", "\0\33bellwire/lobby/command/dial", "#", "\0", "ä")
                .run(IncomingPacketFuzzTest::read);
    }

    /** A message of 20 KB, and one behind it. */
    private static byte[] large() {
        byte[] large = new byte[20_000 + 4 + CONVERSATION.length];
        System.arraycopy(new byte[] {0x32, (byte) 0xA0, (byte) 0x9C, 1, 0, 1, 'a', 0, 3}, 0, large, 0, 9);
        System.arraycopy(CONVERSATION, 0, large, 20_004, CONVERSATION.length);
        return large;
    }

    private static Object read(byte[] input) throws IOException {
        StringBuilder way = new StringBuilder();
        OwedAnswers exchange = new OwedAnswers(0, () -> true);
        byte[] some = new byte[1_024];
        try (PacketInputStream in = new PacketInputStream(
                new ByteArrayInputStream(input), exchange, (topic, bytes) -> way.append("cut "))) {
            for (int all = 0; ; ) {
                all += in.read(some, 0, some.length);
                assertThat(all).as("bytes for Paho").isLessThanOrEqualTo(input.length);
            }
        } catch (EOFException e) {
            return way.append("end").toString();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            assertThat(reason).hasSizeLessThan(500).contains("the broker");
            return way.append(reason.replaceAll("[^a-z ]", "")).toString();
        }
    }
}
