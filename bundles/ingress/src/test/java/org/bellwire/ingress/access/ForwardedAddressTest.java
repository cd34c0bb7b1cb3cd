package org.bellwire.ingress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedAddressTest {

    /** In a Java of its own, whose name service is a file and would know them. */
    @Test
    void digits_that_are_no_address_are_not_looked_up_as_a_name(@TempDir Path dir) throws Exception {
        Path names = Files.writeString(dir.resolve("hosts"), "127.0.0.1 999.1.1.1 256.0.0.1 1.2.3.300 localhost\n");
        assertThat(ask(names, "999.1.1.1", "256.0.0.1", "1.2.3.300", "1.2.3.4")).isEqualTo("false false false true ");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "10.0.0.1:8080, 10.0.0.1",
        "[fe80::1], fe80:0:0:0:0:0:0:1",
        "[fe80::1]:99, fe80:0:0:0:0:0:0:1",
        "fe80::1, fe80:0:0:0:0:0:0:1",
        "'\"[fe80::1]\"', fe80:0:0:0:0:0:0:1",
    })
    void forwarded_address_is_read_in_all_its_forms(String text, String address) {
        assertThat(ForwardedAddress.parseForwarded(text).map(InetAddress::getHostAddress))
                .contains(address);
    }

    @Test
    void forwarded_address_that_is_none_is_not_looked_up() {
        assertThat(ForwardedAddress.parseForwarded("example.org")).isEmpty();
        assertThat(ForwardedAddress.parseForwarded("[fe80::1")).isEmpty();
        assertThat(ForwardedAddress.parseForwarded("")).isEmpty();
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
                System.out.print(ForwardedAddress.parseForwarded(text).isPresent() + " ");
            }
        }
    }
}
