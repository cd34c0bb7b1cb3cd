package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.LineFixture.OPEN;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LargePageTest {

    private static final PhoneRequest SETTINGS = new PhoneRequest("/settings").asking();

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of());

    private String page(int bytes) throws Exception {
        String body = "name: value\n".repeat(bytes / 12);
        try (FakePhone phone = FakePhone.that(FakePhone.raw("HTTP/1.1 200 OK\r\n\r\n" + body))) {
            var answer = fixture.line().fetch(phone.address(OPEN), SETTINGS).toCompletableFuture();
            assertThat(answer.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.OK);
            return answer.get().body();
        }
    }

    @Test
    void a_page_of_settings_is_read_whole() throws Exception {
        assertThat(page(300_000)).hasSize(300_000);
    }

    @Test
    void a_page_without_an_end_is_cut() throws Exception {
        assertThat(page(3_000_000)).hasSizeBetween(1_000_000, 1_200_000);
    }

    @Test
    void other_answers_are_read_no_further_than_before() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.raw("HTTP/1.1 200 OK\r\n\r\n" + "a".repeat(300_000)))) {
            var answer = fixture.line().send(phone.address(OPEN), SETTINGS).toCompletableFuture();
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).hasSizeLessThan(16_000);
        }
    }
}
