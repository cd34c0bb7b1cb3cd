package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bellwire.api.spi.EventTable;
import org.bellwire.binding.ringwell.RingwellBinding;
import org.junit.jupiter.api.Test;

class CaptureReaderTest {

    private static final EventTable EVENTS = new RingwellBinding().events();

    private final String capture;

    CaptureReaderTest() throws IOException {
        capture = Files.readString(Path.of("src/test/resources/captures/r1-2.0.3.txt"));
    }

    @Test
    void a_capture_has_requests_and_answers_byte_for_byte() {
        assertThat(CaptureReader.read(capture))
                .extracting(CaptureReader.Exchange::isReport)
                .containsExactly(true, false);
        assertThat(CaptureReader.read(capture).get(1).answer())
                .isEqualTo("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\ndone\n");
    }

    @Test
    void a_report_becomes_a_sample_that_is_read_as_it_says() {
        String sample = CaptureReader.samples(capture, EVENTS);
        String[] lines = sample.split("\n");
        assertThat(lines).hasSize(2);
        EventSample read = EventSample.parse(lines[0], lines[1]);
        assertThat(read.read(EVENTS)).isEqualTo(read.meaning()).containsEntry("number", "73");
    }

    @Test
    void a_report_without_a_meaning_shows_what_the_tables_make_of_it() {
        String bare = capture.replaceAll("(?m)^  call_incoming.*\n", "");
        assertThatThrownBy(() -> new CaptureCheck(EVENTS).file("r1.txt", bare))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("\n  call_incoming; direction=inbound; id=7;");
    }

    @Test
    void a_report_that_means_something_else_fails() {
        String wrong = capture.replace("call_incoming;", "call_outgoing;");
        assertThatThrownBy(() -> new CaptureCheck(EVENTS).file("r1.txt", wrong)).isInstanceOf(AssertionError.class);
    }

    @Test
    void bytes_that_are_no_utf8_are_percent_encoded_in_a_sample() {
        String latin = "--- 1 report x\n> GET /action/ringwell/T/bell?peer_name=J\\xF6rg HTTP/1.1\n>\n\n";
        assertThat(CaptureReader.samples(latin, EVENTS))
                .contains("peer_name=J%F6rg\n  call_incoming")
                .contains("name=Jörg");
    }
}
