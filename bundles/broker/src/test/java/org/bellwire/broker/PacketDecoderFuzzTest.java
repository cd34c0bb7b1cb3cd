package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bellwire.broker.MqttPacket.Malformed;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** Packets of anybody, mutated: each is read or refused. */
class PacketDecoderFuzzTest {

    @Test
    void no_packet_does_harm() {
        Fuzzing.of("broker's decoder")
                .from(packet(0x10, text("MQTT"), 4, 0xC2, 0, 60, text("id"), text("user"), text("password")))
                .from(packet(0x10, text("MQTT"), 4, 0x36, 0, 60, text("id"), text("will/topic"), text("gone")))
                .from(packet(0x10, text("MQIsdp"), 3, 2, 0, 0, text("")))
                .from(packet(0x31, text("a/b/c"), "payload".getBytes(StandardCharsets.UTF_8)))
                .from(packet(0x3A, text("bellwire/lobby/event/x"), 0, 7, new byte[] {1, 2, 3}))
                .from(packet(0x82, 0, 1, text("a/+/#"), 1, text("$share/g/t"), 0, text("+"), 2))
                .from(packet(0xA2, 0, 2, text("a/+/#"), text("b")))
                .from(packet(0x40, 0, 1))
                .from(packet(0x50, 0, 1))
                .from(packet(0x62, 0, 1))
                .from(packet(0x70, 0, 1))
                .from(packet(0xC0))
                .from(packet(0xE0))
                .with("MQTT", "#", "+", "/", "//", "/+", "/#", "$SYS/", "$share/a/", "\0", "ä", "😀")
                .run(PacketDecoderFuzzTest::read);
    }

    private static Object read(byte[] input) {
        return read(input, true) + ", " + read(input, false);
    }

    private static String read(byte[] input, boolean stranger) {
        ByteBuffer in = ByteBuffer.wrap(input);
        try {
            int length = PacketDecoder.length(in, stranger);
            if (length == 0 || length > in.remaining()) {
                return length == 0 ? "too little" : "not yet";
            }
            MqttPacket packet = PacketDecoder.decode(in.slice(0, length));
            return packet.getClass().getSimpleName();
        } catch (Malformed e) {
            String reason = String.valueOf(e.getMessage());
            assertThat(reason).hasSizeLessThan(500);
            return reason.replaceAll("\\d+", "n");
        }
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] packet(int first, Object... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] bytes) {
                content.writeBytes(bytes);
            } else {
                content.write((Integer) part);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        out.write(content.size()); // all of them are shorter than 128 bytes
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
