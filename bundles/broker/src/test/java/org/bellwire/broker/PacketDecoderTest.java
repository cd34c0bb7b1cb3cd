package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.bellwire.broker.MqttPacket.Code;
import org.bellwire.broker.MqttPacket.Connect;
import org.bellwire.broker.MqttPacket.Malformed;
import org.bellwire.broker.MqttPacket.Publish;
import org.bellwire.broker.MqttPacket.Subscribe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT 3.1.1 says of bytes, beside what {@link ProtocolTest} sees through a client that sends no wrong ones. */
class PacketDecoderTest {

    private static MqttPacket decode(byte[] bytes) throws Malformed {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertThat(PacketDecoder.length(in, false))
                .as("the length that it promises")
                .isEqualTo(bytes.length);
        return PacketDecoder.decode(in);
    }

    private static Optional<Code> answer(byte[] bytes) {
        return catchThrowableOfType(Malformed.class, () -> decode(bytes)).answer();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 01 00",
                "E0 01 00",
                "40 03 00 01 00",
                "50 03 00 01 00",
                "62 03 00 01 00",
                "70 03 00 01 00",
                "10 10 00 04 'MQTT' 04 02 00 0a 00 01 'p' 00 01 'p'",
                "10 0E 00 04 'MQTT' 04 02 00 0a 00 01 'p' 00",
                "10 13 00 04 'MQTT' 04 82 00 0a 00 01 'p' 00 01 'u' 00 01 'w'",
                "10 14 00 04 'MQTT' 04 06 00 0a 00 01 'p' 00 01 'w' 00 01 'w' 00",
            })
    void bytes_after_the_end_of_a_packet_are_malformed(String bytes) {
        assertThatThrownBy(() -> decode(PacketBytes.bytes(bytes))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40 01 01",
                "40 00",
                "50 00",
                "62 01 00",
                "70 00",
                "82 02 00 01",
                "82 04 00 01 00 01",
                "82 05 00 01 00 01 'a'",
                "A2 02 00 01",
                "30 00",
                "30 01 00",
                "30 02 00 05",
                "32 03 00 01 'a'",
                "32 04 00 01 'a' 00",
                "10 00",
                "10 02 00 04",
                "10 08 00 04 'MQTT' 04 02",
                "10 0B 00 04 'MQTT' 04 02 00 0a 00",
                "10 0C 00 04 'MQTT' 04 82 00 0a 00 00",
            })
    void packet_that_is_too_short_for_its_fields_is_malformed(String bytes) {
        assertThatThrownBy(() -> decode(PacketBytes.bytes(bytes))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "00, a reserved type",
        "20, CONNACK",
        "90, SUBACK",
        "B0, UNSUBACK",
        "D0, PINGRESP",
        "F0, a reserved type",
        "11, CONNECT",
        "41, PUBACK",
        "52, PUBREC",
        "60, PUBREL",
        "63, PUBREL",
        "72, PUBCOMP",
        "80, SUBSCRIBE",
        "83, SUBSCRIBE",
        "A0, UNSUBSCRIBE",
        "A6, UNSUBSCRIBE",
        "C1, PINGREQ",
        "E2, DISCONNECT",
        "36, PUBLISH with QoS 3",
        "37, PUBLISH with QoS 3",
        "3E, PUBLISH with QoS 3",
        "38, PUBLISH that comes again at QoS 0",
        "39, PUBLISH that comes again at QoS 0",
    })
    void first_byte_that_a_client_must_not_send_is_malformed(String first, String what) {
        byte[] bytes = PacketBytes.bytes(first + " 02 00 01");
        assertThatThrownBy(() -> PacketDecoder.length(ByteBuffer.wrap(bytes), false))
                .as(what)
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x3A, 0x3B, 0x3C, 0x3D})
    void publish_says_qos_retain_and_again_in_its_first_byte(int header) throws Exception {
        int qos = (header >> 1) & 3;
        byte[] bytes = qos == 0
                ? PacketBytes.packet(header, "a", new byte[] {7})
                : PacketBytes.packet(header, "a", 9, new byte[] {7});
        Publish publish = (Publish) decode(bytes);
        assertThat(publish.message().qos()).isEqualTo(qos);
        assertThat(publish.message().retain()).isEqualTo((header & 1) == 1);
        assertThat(publish.again()).isEqualTo((header & 8) == 8);
        assertThat(publish.message().payload()).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30 FF FF FF FF 01", "10 80 80 80 80 00", "C0 80 80 80 80"})
    void length_of_more_than_four_bytes_is_malformed(String bytes) {
        assertThatThrownBy(() -> PacketDecoder.length(ByteBuffer.wrap(PacketBytes.bytes(bytes)), false))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "30 FF", "30 FF FF"})
    void length_is_unknown_until_all_of_it_has_come(String bytes) throws Exception {
        assertThat(PacketDecoder.length(ByteBuffer.wrap(PacketBytes.bytes(bytes)), false))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "true, 10 FF FF 3F, CONNECT of 1 MB",
        "true, 10 81 40, CONNECT of 8193 bytes",
        "true, 30, no CONNECT",
        "true, 47 45 54, HTTP",
        "true, 16 03 01, TLS",
        "false, 30 FF FF FF 7F, PUBLISH of 256 MB",
        "false, 82 81 80 10, SUBSCRIBE of 256 KiB and a byte",
        "false, A2 FF FF 7F, UNSUBSCRIBE of 2 MB",
        "false, C0 FF FF FF 7F, PINGREQ",
        "false, 40 80 01, PUBACK",
    })
    void packet_that_promises_too_much_is_refused_by_its_first_bytes(boolean stranger, String bytes, String what) {
        assertThatThrownBy(() -> PacketDecoder.length(ByteBuffer.wrap(PacketBytes.bytes(bytes)), stranger))
                .as(what)
                .isInstanceOf(Malformed.class);
    }

    @Test
    void payload_may_have_exactly_one_mebibyte() throws Exception {
        String topic = "a/".repeat(100) + "b".repeat(3000);
        Publish publish = (Publish) decode(PacketBytes.publish(topic, new byte[1 << 20]));
        assertThat(publish.message().payload()).hasSize(1 << 20);
    }

    @Test
    void payload_of_a_byte_more_is_refused_by_the_payloads_limit() {
        assertThatThrownBy(() -> decode(PacketBytes.publish("a", new byte[(1 << 20) + 1])))
                .hasMessage("a message of 1048577 bytes to a; at most 1048576 are taken");
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0, 3, ", "0, 5", "0, 6", "1, 4", "1, 5"})
    void other_version_is_answered(int name, int level) {
        String protocol = name == 0 ? "MQTT" : "MQIsdp";
        byte[] bytes = PacketBytes.packet(0x10, protocol, new byte[] {(byte) level, 2}, 10, "p");
        assertThat(answer(bytes)).contains(Code.WRONG_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MQT", "MQTU", "MQTTT", "mqtt", "MQIsdq"})
    void other_protocol_is_not_answered(String protocol) {
        assertThat(answer(PacketBytes.packet(0x10, protocol, new byte[] {4, 2}, 10, "p")))
                .isEmpty();
    }

    @Test
    void mqtt_3_1_is_taken() throws Exception {
        Connect connect = (Connect) decode(PacketBytes.packet(0x10, "MQIsdp", new byte[] {3, 2}, 10, "p"));
        assertThat(connect.old()).isTrue();
        assertThat(connect.clientId()).isEqualTo("p");
    }

    @Test
    void client_without_an_id_needs_a_clean_session_and_3_1_1() throws Exception {
        assertThat(answer(PacketBytes.connect("", 0, 10))).contains(Code.WRONG_CLIENT_ID);
        assertThat(answer(PacketBytes.packet(0x10, "MQIsdp", new byte[] {3, 2}, 10, "")))
                .contains(Code.WRONG_CLIENT_ID);
        assertThat(((Connect) decode(PacketBytes.connect("", 2, 10))).clientId())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x03, 0x0A, 0x12, 0x1A, 0x22, 0x1E, 0x42})
    void flags_of_a_connect_that_contradict_each_other_are_malformed(int flags) {
        assertThat(answer(PacketBytes.packet(0x10, "MQTT", new byte[] {4, (byte) flags}, 10, "p", "a", "b", "c")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "'a' 00 'b'",
                "ED A0 80",
                "ED BF BF",
                "C0 80",
                "FF",
                "C3",
                "F5 80 80 80",
                "F4 90 80 80",
                "80",
            })
    void text_that_is_not_utf_8_or_has_a_null_is_malformed_everywhere(String written) {
        byte[] text = PacketBytes.bytes(written);
        Object[] length = {text.length};
        assertThatThrownBy(() -> decode(PacketBytes.packet(0x30, length[0], text)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> decode(PacketBytes.packet(0x82, 1, length[0], text, new byte[] {0})))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> decode(PacketBytes.packet(0xA2, 1, length[0], text)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> decode(PacketBytes.packet(0x10, "MQTT", new byte[] {4, 2}, 10, length[0], text)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void text_keeps_every_character_that_utf_8_has() throws Exception {
        String topic = "\uFEFFä€𝄞/\u0001";
        assertThat(((Publish) decode(PacketBytes.publish(topic, new byte[0])))
                        .message()
                        .topic())
                .isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "#", "a/+", "a+b", "a/#"})
    void topic_of_a_message_or_will_is_not_empty_and_has_no_wildcard(String topic) {
        assertThatThrownBy(() -> decode(PacketBytes.publish(topic, new byte[0])))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> decode(PacketBytes.packet(0x10, "MQTT", new byte[] {4, 6}, 10, "p", topic, "x")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void topic_has_at_most_128_levels_and_4096_characters() throws Exception {
        decode(PacketBytes.publish("/".repeat(127), new byte[0]));
        decode(PacketBytes.publish("€".repeat(4096), new byte[0]));
        assertThatThrownBy(() -> decode(PacketBytes.publish("/".repeat(128), new byte[0])))
                .hasMessage("a topic of 129 levels; at most 128 are taken");
        assertThatThrownBy(() -> decode(PacketBytes.publish("a".repeat(4097), new byte[0])))
                .hasMessage("a topic of 4097 characters; at most 4096 are taken");
        assertThatThrownBy(() ->
                        decode(PacketBytes.packet(0x10, "MQTT", new byte[] {4, 6}, 10, "p", "/".repeat(2500), "x")))
                .hasMessage("a topic of 2501 levels; at most 128 are taken");
    }

    @Test
    void filter_that_is_too_long_is_no_reason_to_end_the_connection() throws Exception {
        String filter = "a".repeat(65_535);
        Subscribe subscribe = (Subscribe) decode(PacketBytes.subscribe(filter, 1));
        assertThat(subscribe.wishes())
                .singleElement()
                .extracting(MqttPacket.Wish::filter)
                .isEqualTo(filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "32 05 00 01 'a' 00 00",
                "40 02 00 00",
                "62 02 00 00",
                "82 06 00 00 00 01 'a' 00",
                "A2 05 00 00 00 01 'a'"
            })
    void packet_id_0_is_malformed(String bytes) {
        assertThatThrownBy(() -> decode(PacketBytes.bytes(bytes))).hasMessage("packet id 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 0x80, 0xFF})
    void subscription_with_another_qos_than_0_to_2_is_malformed(int qos) {
        assertThatThrownBy(() -> decode(PacketBytes.subscribe("a", qos))).isInstanceOf(Malformed.class);
    }

    @Test
    void password_is_not_shown_with_its_packet() throws Exception {
        MqttPacket connect =
                decode(PacketBytes.packet(0x10, "MQTT", new byte[] {4, (byte) 0xC2}, 10, "p", "user", "hunter2"));
        assertThat(connect.toString()).contains("user").doesNotContain("hunter2");
    }
}
