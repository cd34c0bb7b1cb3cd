package org.bellwire.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.0",
                "169.254.1.1",
                "::1",
                "fc00::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "::ffff:10.0.0.1"
            })
    void private_address_is_allowed_by_default(String address) {
        assertThat(Networks.PRIVATE.contains(address(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "8.8.8.8",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.0",
                "128.0.0.1",
                "::",
                "::2",
                "2001:db8::1",
                "fbff::1",
                "fe00::1",
                "fec0::1"
            })
    void public_address_is_not_allowed_by_default(String address) {
        assertThat(Networks.PRIVATE.contains(address(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
    })
    void network_contains_what_its_bits_say(String network, String address, boolean contained) {
        assertThat(Networks.of(List.of(network)).contains(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0",
                "10.0.0.256",
                "::1/129",
                "1:2",
                "a.b.c.d"
            })
    void text_that_is_no_network_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Networks.of(List.of(text)));
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
