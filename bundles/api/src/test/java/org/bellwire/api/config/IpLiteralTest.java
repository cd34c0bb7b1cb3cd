package org.bellwire.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.21", "192.168.200.255", "::1", "fe80::21f:c1ff:fe1a:8b6c"})
    void an_address_is_one(String text) {
        assertThat(IpLiteral.isOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "10.0.0", "10.0.0.0.1", "1:2", "10.0.0.21x"})
    void anything_else_is_none(String text) {
        assertThat(IpLiteral.isOne(text)).isFalse();
    }

    @Test
    void a_zone_is_part_of_an_address_only_where_it_may_be() {
        assertThat(IpLiteral.hasForm("fe80::1%eth0")).isTrue();
        assertThat(IpLiteral.parseWithoutZone("fe80::1%1")).isEmpty();
        assertThat(IpLiteral.parseWithoutZone("fe80::1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "127.0.1", "127.0.0.1", "::1", "[::1]"})
    void short_and_bracketed_addresses_are_read_where_they_may_be(String text) {
        assertThat(IpLiteral.parseLoosely(text).orElseThrow().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "127.1.", "127..1", "1.2.3.4.5", "[::1", ".::1", "::1%lo", "127.0.0.1:80"})
    void what_is_none_is_none_when_read_loosely(String text) {
        assertThat(IpLiteral.parseLoosely(text)).isEmpty();
    }

    /** In a Java of its own, whose name service is a file and would know them. */
    @Test
    void digits_that_are_no_address_are_not_looked_up_as_a_name(@TempDir Path dir) throws Exception {
        Path names = Files.writeString(dir.resolve("hosts"), "127.0.0.1 999.1.1.1 256.0.0.1 1.2.3.300 localhost\n");
        assertThat(ask(names, "999.1.1.1", "256.0.0.1", "1.2.3.300", "1.2.3.4")).isEqualTo("false false false true ");
    }

    private static String ask(Path names, String... texts) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + names,
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName());
        java.command().addAll(List.of(texts));
        Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    /** Says of each argument whether it is an address. */
    static final class Asking {
        private Asking() {}

        public static void main(String... texts) {
            for (String text : texts) {
                System.out.print(IpLiteral.isOne(text) + " ");
            }
        }
    }
}
