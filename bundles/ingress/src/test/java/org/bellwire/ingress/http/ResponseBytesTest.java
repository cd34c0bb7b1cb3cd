package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer, byte by byte. */
class ResponseBytesTest {

    private static final String UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static String text(ByteBuffer answer) {
        byte[] bytes = new byte[answer.remaining()];
        answer.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static HttpAnswer document(String type, String content) {
        return HttpAnswer.of(new HttpAnswer.Document(type, content));
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "202, Accepted",
        "400, Bad Request",
        "404, Not Found",
        "414, URI Too Long",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "503, Service Unavailable",
    })
    void answer_is_its_status_and_what_becomes_of_the_connection(int status, String reason) {
        String begin = "HTTP/1.1 " + status + " " + reason + "\r\nContent-Length: 0\r\n";
        assertThat(text(ResponseBytes.of(status, Persistence.KEEP))).isEqualTo(begin + "\r\n");
        assertThat(text(ResponseBytes.of(status, Persistence.CLOSE))).isEqualTo(begin + "Connection: close\r\n\r\n");
        assertThat(text(ResponseBytes.of(status, Persistence.KEEP_AS_ASKED)))
                .isEqualTo(begin + "Connection: keep-alive\r\n\r\n");
    }

    @Test
    void method_that_is_not_allowed_is_told_which_are() {
        String begin = "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\n";
        assertThat(text(ResponseBytes.of(405, Persistence.KEEP))).isEqualTo(begin + "\r\n");
        assertThat(text(ResponseBytes.of(405, Persistence.CLOSE))).isEqualTo(begin + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100, 201, 204, 301, 401, 500, 1000})
    void status_without_a_place_in_the_contract_counts_as_unavailable(int status) {
        assertThat(text(ResponseBytes.of(status, Persistence.CLOSE))).isEqualTo(UNAVAILABLE);
        assertThat(text(ResponseBytes.of(HttpAnswer.of(status), false, Persistence.CLOSE)))
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void answer_that_was_sent_can_be_sent_again() {
        String first = text(ResponseBytes.of(200, Persistence.KEEP));
        assertThat(first).isNotEmpty();
        assertThat(text(ResponseBytes.of(200, Persistence.KEEP))).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Persistence.class)
    void answer_without_a_document_is_its_status_alone(Persistence afterwards) {
        for (int status : new int[] {200, 202, 404, 405, 429}) {
            String alone = text(ResponseBytes.of(status, afterwards));
            assertThat(text(ResponseBytes.of(HttpAnswer.of(status), false, afterwards)))
                    .isEqualTo(alone);
            assertThat(text(ResponseBytes.of(HttpAnswer.of(status), true, afterwards)))
                    .isEqualTo(alone);
        }
    }

    @Test
    void document_is_sent_with_its_type_and_length() {
        HttpAnswer answer = document("application/xml", "<a/>\r\n");
        String begin = "HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Length: 6\r\n";
        assertThat(text(ResponseBytes.of(answer, false, Persistence.KEEP))).isEqualTo(begin + "\r\n<a/>\r\n");
        assertThat(text(ResponseBytes.of(answer, false, Persistence.CLOSE)))
                .isEqualTo(begin + "Connection: close\r\n\r\n<a/>\r\n");
        assertThat(text(ResponseBytes.of(answer, false, Persistence.KEEP_AS_ASKED)))
                .isEqualTo(begin + "Connection: keep-alive\r\n\r\n<a/>\r\n");
    }

    @Test
    void length_of_a_document_is_counted_in_bytes() {
        String content = "M\u00fcller \u20ac";
        assertThat(text(ResponseBytes.of(document("text/plain", content), false, Persistence.KEEP)))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 11\r\n\r\n"
                        + content);
    }

    @Test
    void document_may_be_empty() {
        assertThat(text(ResponseBytes.of(document("text/plain", ""), false, Persistence.KEEP)))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void document_is_only_told_of_where_the_head_alone_is_wanted() {
        assertThat(text(ResponseBytes.of(document("text/plain", "hello"), true, Persistence.KEEP)))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
    }

    @Test
    void document_is_kept_out_of_messages() {
        HttpAnswer answer = document("text/plain", "secret");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.document()).get().hasToString("Document[text/plain]");
        assertThat(answer.toString()).contains("text/plain").doesNotContain("secret");
    }
}
