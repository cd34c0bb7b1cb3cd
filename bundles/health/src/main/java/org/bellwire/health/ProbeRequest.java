package org.bellwire.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request, as far as it matters here.
 *
 * @param refusal the status that it is answered without a further look; 0: none
 */
record ProbeRequest(String method, String path, int refusal) {

    private static final Pattern LINE =
            Pattern.compile("([A-Z]{1,16}) (?:http://[^/ ]{0,255})?(/[!-~]{0,2047}) HTTP/1\\.[01]");

    /** Reads a head, once it is there as a whole or too long to be waited for. */
    static Optional<ProbeRequest> read(byte[] bytes, int length, int max) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int begin = 0;
        while (begin < text.length() && (text.charAt(begin) == '\r' || text.charAt(begin) == '\n')) {
            begin++; // empty lines before a request are passed over
        }
        if (text.indexOf("\r\n\r\n", begin) < 0 && text.indexOf("\n\n", begin) < 0) {
            return length > max ? Optional.of(refused(ProbeAnswer.HEAD_TOO_LARGE)) : Optional.empty();
        }
        Matcher line = LINE.matcher(text.substring(begin).lines().findFirst().orElse(""));
        if (!line.matches()) {
            return Optional.of(refused(ProbeAnswer.BAD_REQUEST));
        }
        String target = line.group(2);
        int query = target.indexOf('?');
        return Optional.of(new ProbeRequest(line.group(1), query < 0 ? target : target.substring(0, query), 0));
    }

    private static ProbeRequest refused(int status) {
        return new ProbeRequest("GET", "", status);
    }

    /** The answer as it goes over the wire. */
    ByteBuffer answered(ProbeAnswers answers) {
        ProbeAnswer answer = refusal == 0 ? answers.answer(method, path) : ProbeAnswer.empty(refusal);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(answer.reason());
        head.append("\r\nCache-Control: no-store");
        answer.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        head.append("\r\nContent-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean bare = method.equals("HEAD");
        ByteBuffer all =
                ByteBuffer.allocate(first.length + (bare ? 0 : body.length)).put(first);
        return (bare ? all : all.put(body)).flip();
    }
}
