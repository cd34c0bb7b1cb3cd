package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests log everything, Jetty's own messages too. */
class SecrecyTest {

    @Test
    void no_part_of_a_token_is_logged_at_any_level() throws IOException {
        String token = "Q9xK7vZq2LmW8rTn4YpB";
        String good = "S3cR3tS1t3T0k3nV4lu3Xx";
        String number = "0815471147110815";
        try (Site site = Site.with("token", good)) {
            for (String form : List.of(
                    "GET /action/htek/%s/x?remote=%s HTTP/1.1\r\n\r\n",
                    "GET /action/htek/%s/x y\"z?remote=%s HTTP/1.1\r\nConnection: close\r\n\r\n",
                    "POST /action/htek/%s/x?remote=%s HTTP/1.1\r\n\r\n",
                    "GET /action/htek/%s/x?remote=%s\r\n\r\n",
                    "GET /action/htek/%s/x?remote=%s" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n",
                    "GET /action/htek/%s/x?remote=%s HTTP/1.1\r\n" + "A: b\r\n".repeat(2000))) {
                site.status(form.formatted(token, number));
                site.status(form.formatted(good, number));
                try (Line line = site.line()) {
                    line.sendByteByByte(form.formatted(good, number)).answer();
                }
            }
            site.urls().replyWith(url -> {
                throw new IllegalStateException("as a test wants it");
            });
            site.get("/action/htek/" + good + "/x");
            site.ingress().modified(Site.config("token", "Sh0rtAndWr0ng"));
        }
        String log = Files.readString(Path.of("target/test.log"), StandardCharsets.ISO_8859_1);
        assertThat(log).as("debug messages of Jetty are in it").contains("DEBUG org.eclipse.jetty.io");
        assertThat(log).contains("token: must be 22 to 128");
        for (String secret : List.of(token, good, number, "Sh0rtAndWr0ng")) {
            for (int i = 0; i + 6 <= secret.length(); i++) {
                assertThat(log.contains(secret.substring(i, i + 6))).as(secret).isFalse();
            }
        }
    }
}
