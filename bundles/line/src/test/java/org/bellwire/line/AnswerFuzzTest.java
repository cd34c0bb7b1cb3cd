package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** What phones answer, mutated: read or refused, whatever it is. */
class AnswerFuzzTest {

    @Test
    void no_answer_does_harm() {
        Fuzzing.of("answer parser")
                .from(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK",
                        "HTTP/1.0 200 OK\r\nServer: phone\r\n\r\n<html><form action='/login'>",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
                        "HTTP/1.1 302 Found\r\nLocation: /login.htm\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=\"auth\"\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nGarbage\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nOK",
                        "200 OK\n\n",
                        "ICY 200 OK\r\n\r\n")
                .with(
                        "HTTP/1.1 ",
                        "HTTP/",
                        "\r\n",
                        "\r\n\r\n",
                        "\n",
                        ":",
                        " ",
                        "\t",
                        "100 ",
                        "200",
                        "999",
                        "Content-Length: ",
                        "Transfer-Encoding: chunked",
                        "ffffffff",
                        "7fffffff\r\n",
                        "-1",
                        "99999999999999999999",
                        "WWW-Authenticate: Digest ",
                        "Content-Encoding: gzip",
                        "multipart/byteranges",
                        "ä",
                        "\0")
                .run(AnswerFuzzTest::read);
    }

    /** In pieces, as it comes. */
    private static Object read(byte[] input) {
        ResponseParser reader = new ResponseParser();
        int at = 0;
        int piece = 1 + (input.length == 0 ? 0 : (input[0] & 0xFF) % 7) * 200;
        while (at < input.length && !reader.isOver()) {
            int some = Math.min(piece, input.length - at);
            reader.read(ByteBuffer.wrap(input, at, some));
            at += some;
        }
        if (!reader.isOver()) {
            reader.end();
        }
        Optional<HttpResponse> heard = reader.heard(new TimeoutException());
        reader.heard(null);
        return heard.map(
                        all -> all.status() / 100 + " " + all.challenges().all().size()
                                + all.challenges().unknown().isPresent())
                .orElse("nothing");
    }

    @Test
    void no_challenge_does_harm() {
        Fuzzing.of("Digest challenge")
                .from(
                        "Digest realm=\"phone\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", qop=\"auth,auth-int\", algorithm=MD5",
                        "Digest realm=\"a \\\"b\\\"\", nonce=\"x\", opaque=\"5ccc\", stale=TRUE, algorithm=SHA-256, charset=UTF-8",
                        "Basic realm=\"x\", Digest realm=y, nonce=z, algorithm=MD5-sess, qop=auth",
                        "NTLM, Negotiate, Digest nonce=\"\"",
                        "Digest a=b " + " ".repeat(500) + "!")
                .with(
                        "Digest ",
                        "Basic ",
                        "realm=",
                        "nonce=",
                        "qop=",
                        "algorithm=",
                        "MD5",
                        "MD5-sess",
                        "SHA-256",
                        "stale=true",
                        "\"",
                        "\\",
                        "\\\"",
                        ",",
                        "=",
                        " ",
                        "\t",
                        ", ",
                        "auth",
                        "auth-int",
                        "a=b",
                        "ä",
                        "\0")
                .run(AnswerFuzzTest::answerTo);
    }

    private static Object answerTo(byte[] input) {
        Challenges challenges = Challenges.of(List.of(new String(input, StandardCharsets.ISO_8859_1)));
        assertThat(challenges.unknown().orElse("")).hasSizeLessThan(1_000);
        return challenges.all().size()
                + challenges
                        .strongest()
                        .map(one -> one.form().algorithm()
                                + one.answer("user", "password", PhoneRequest.Method.GET, "/target", "cnonce")
                                        .replaceAll("\"[^\"]*\"", ""))
                        .orElse("none");
    }
}
