package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.LineFixture.OPEN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.WireListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchedLineTest {

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of());

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final WireListener listener = new WireListener() {
        @Override
        public void reported(PhoneId phone, byte[] request, int status) {
            throw new AssertionError("no phone asks here");
        }

        @Override
        public void answered(PhoneId phone, byte[] request, byte[] answer) {
            heard.add(new String(request, StandardCharsets.ISO_8859_1));
            heard.add(new String(answer, StandardCharsets.ISO_8859_1));
        }
    };

    @Test
    void who_watches_is_told_byte_for_byte_what_went_over_the_wire() throws Exception {
        String answer = "HTTP/1.0 200  fine \r\nX-Odd : 1\r\nContent-Length: 5\r\n\r\nh\u00e9\r\n!";
        try (FakePhone phone = FakePhone.that(FakePhone.raw(answer))) {
            fixture.line().watch(List.of(listener));
            fixture.send(phone.address(OPEN), "/x?a=b");
            assertThat(heard).containsExactly(phone.requests().get(0), answer);
        }
    }

    @Test
    void an_answer_without_an_end_is_told_as_far_as_it_is_of_use() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\n\r\n" + "a".repeat(3 * RecordedStream.MAX_BYTES);
        try (FakePhone phone = FakePhone.that(FakePhone.raw(answer))) {
            fixture.line().watch(List.of(listener));
            fixture.send(phone.address(OPEN), "/x");
            assertThat(heard).hasSize(2);
            assertThat(heard.get(1).length()).isBetween(1, RecordedStream.MAX_BYTES);
            assertThat(answer).startsWith(heard.get(1));
        }
    }

    @Test
    void nobody_is_told_when_nobody_watches_any_more() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            fixture.line().watch(List.of(listener));
            fixture.line().watch(List.of());
            fixture.send(phone.address(OPEN), "/x");
            assertThat(heard).isEmpty();
        }
    }
}
