package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.bellwire.ingress.access.ForwardedAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first bytes of a proxy's connection are. */
class ProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV6 = "fd000000000000000000000000000017 fd000000000000000000000000000001 d431 1f97";
    private static final String IPV4 = "0a010203 0a000001 d431 1f97";

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] binary(String rest) {
        return HexFormat.of().parseHex((SIGNATURE + rest).replace(" ", ""));
    }

    /** As it stands in a buffer, behind something else. */
    private static ProxyHeader read(byte[] bytes) {
        ByteBuffer in =
                ByteBuffer.allocate(bytes.length + 7).position(7).put(bytes).position(7);
        ProxyHeader header = ProxyHeaderParser.read(in);
        assertThat(in.position()).isEqualTo(7);
        return header;
    }

    private static ProxyHeader of(int length, String source) {
        Optional<InetAddress> address = ForwardedAddress.parse(source);
        assertThat(address).isPresent();
        return new ProxyHeader.Complete(length, address);
    }

    private static ProxyHeader ofTheProxy(int length) {
        return new ProxyHeader.Complete(length, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 10.1.2.3 10.0.0.1 54321 8087, 10.1.2.3",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255",
        "PROXY TCP6 fd00::17 fd00::1 0 8087, fd00::17",
        "PROXY TCP6 ::ffff:10.1.2.3 ::ffff:10.0.0.1 1 1, 10.1.2.3",
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void text_names_the_source(String line, String source) {
        assertThat(read(bytes(line + "\r\nGET / HTTP/1.1\r\n\r\n"))).isEqualTo(of(line.length() + 2, source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ffff::1 ffff::2 65535 65535", "PROXY UNKNOWN \0\1 whatever"})
    void text_that_knows_no_source_is_the_proxys_own(String line) {
        assertThat(read(bytes(line + "\r\n"))).isEqualTo(ofTheProxy(line.length() + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY\r\n",
                "PROXY \r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 1\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 1 2 3\r\n",
                "PROXY TCP4 10.1.2.3  10.0.0.1 1 2\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 1 2\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 1 65536\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 -1 2\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 01 2\r\n",
                "PROXY TCP4 10.1.2.3 10.0.0.1 99999999999 2\r\n",
                "PROXY TCP4 10.1.2.300 10.0.0.1 1 2\r\n",
                "PROXY TCP4 10.1.2 10.0.0.1 1 2\r\n",
                "PROXY TCP4 localhost 10.0.0.1 1 2\r\n",
                "PROXY TCP4 10.1.2.3 localhost 1 2\r\n",
                "PROXY TCP4 fd00::1 fd00::2 1 2\r\n",
                "PROXY TCP6 10.1.2.3 10.0.0.1 1 2\r\n",
                "PROXY TCP6 fe80::1%lo fe80::2 1 2\r\n",
                "PROXY TCP6 [fd00::1] [fd00::2] 1 2\r\n",
                "PROXY UDP4 10.1.2.3 10.0.0.1 1 2\r\n",
                "PROXY tcp4 10.1.2.3 10.0.0.1 1 2\r\n",
                "PROXY UNKNOWNS\r\n",
                "proxy TCP4 10.1.2.3 10.0.0.1 1 2\r\n",
                "PROXY /x HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\n",
                "\r\nGET / HTTP/1.1\r\n",
                "\r\n\r\nGET / HTTP/1.1\r\n",
                "POST /x HTTP/1.1\r\n",
                "\u0016\u0003\u0001"
            })
    void text_that_is_no_header_is_left_to_others(String text) {
        assertThat(read(bytes(text))).isEqualTo(ProxyHeader.ABSENT);
    }

    @Test
    void text_without_an_end_is_no_header() {
        assertThat(read(bytes("PROXY TCP4 " + "1".repeat(95)))).isEqualTo(ProxyHeader.INCOMPLETE);
        assertThat(read(bytes("PROXY TCP4 " + "1".repeat(96)))).isEqualTo(ProxyHeader.ABSENT);
        assertThat(read(bytes("PROXY UNKNOWN " + "1".repeat(91) + "\r\n"))).isEqualTo(ofTheProxy(107));
        assertThat(read(bytes("PROXY UNKNOWN " + "1".repeat(92) + "\r\n"))).isEqualTo(ProxyHeader.ABSENT);
    }

    @Test
    void binary_names_the_source() {
        assertThat(read(binary("21 11 000c" + IPV4))).isEqualTo(of(28, "10.1.2.3"));
        assertThat(read(binary("21 21 0024" + IPV6))).isEqualTo(of(52, "fd00::17"));
        String mapped = "00000000000000000000ffff0a010203 00000000000000000000ffff0a000001 d431 1f97";
        assertThat(read(binary("21 21 0024" + mapped))).isEqualTo(of(52, "10.1.2.3"));
    }

    @Test
    void binary_may_say_more_than_the_addresses() {
        assertThat(read(binary("21 11 0010" + IPV4 + "04 0001 00" + "474554"))).isEqualTo(of(32, "10.1.2.3"));
        assertThat(read(binary("21 11 000f" + IPV4 + "20ffff"))).isEqualTo(of(31, "10.1.2.3"));
    }

    @Test
    void binary_without_an_address_of_the_network_is_the_proxys_own() {
        assertThat(read(binary("20 00 0000"))).isEqualTo(ofTheProxy(16));
        assertThat(read(binary("20 11 000c" + IPV4))).isEqualTo(ofTheProxy(28));
        assertThat(read(binary("20 ff 0001 00"))).isEqualTo(ofTheProxy(17));
        assertThat(read(binary("21 00 0000"))).isEqualTo(ofTheProxy(16));
        assertThat(read(binary("21 31 00d8" + "2f".repeat(216)))).isEqualTo(ofTheProxy(232));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c" + IPV4, // version 1
                "31 11 000c" + IPV4, // version 3
                "22 11 000c" + IPV4, // a command that there is not
                "2f 11 000c" + IPV4,
                "21 12 000c" + IPV4, // datagrams
                "21 22 0024" + IPV6,
                "21 10 000c" + IPV4, // no transport
                "21 01 0000", // no family
                "21 41 000c" + IPV4, // a family that there is not
                "21 f1 000c" + IPV4,
                "21 13 000c" + IPV4, // a transport that there is not
                "21 11 000b" + IPV4, // shorter than its addresses
                "21 11 0000",
                "21 21 0023" + IPV6,
                "21 31 000c" + IPV4,
                "21 11 07f1", // more than there may be
                "21 11 ffff",
                "20 00 ffff"
            })
    void binary_that_is_wrong_is_no_header(String rest) {
        assertThat(read(binary(rest))).isEqualTo(ProxyHeader.ABSENT);
    }

    @Test
    void header_is_incomplete_until_its_last_byte() {
        byte[][] headers = {
            bytes("PROXY TCP4 10.1.2.3 10.0.0.1 54321 8087\r\n"),
            binary("21 11 0010" + IPV4 + "04000100"),
            binary("20 00 07f0" + "00".repeat(2032))
        };
        for (byte[] header : headers) {
            for (int i = 0; i < header.length; i++) {
                assertThat(read(Arrays.copyOf(header, i))).as("%d bytes", i).isEqualTo(ProxyHeader.INCOMPLETE);
            }
            assertThat(read(header)).isInstanceOf(ProxyHeader.Complete.class);
        }
    }

    @Test
    void noise_behind_the_first_bytes_is_read_within_its_bounds() {
        Random random = new Random(20261128);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(2100)];
            random.nextBytes(noise);
            byte[] begin = random.nextBoolean() ? bytes("PROXY ") : binary("");
            System.arraycopy(begin, 0, noise, 0, Math.min(begin.length, noise.length));
            if (read(noise) instanceof ProxyHeader.Complete complete) {
                assertThat(complete.length()).isBetween(15, noise.length);
            }
        }
    }
}
