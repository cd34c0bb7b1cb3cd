package org.bellwire.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.bellwire.api.Variables;

/**
 * A sample of a request target, as a phone sends it, raw blanks and all.
 *
 * @param path the decoded segments after the token
 */
public record SampleTarget(String vendor, String token, List<String> path, Variables variables) {

    public SampleTarget {
        path = List.copyOf(path);
    }

    /** Reads {@code /action/vendor/token/event/mac/ip?name=value&…}. */
    public static SampleTarget parse(String raw) {
        int mark = raw.indexOf('?');
        List<String> segments = Stream.of((mark < 0 ? raw : raw.substring(0, mark)).split("/", -1))
                .skip(1)
                .filter(segment -> !segment.isEmpty())
                .map(SampleTarget::decode)
                .toList();
        if (segments.size() < 3 || !segments.get(0).equals("action")) {
            throw new AssertionError("a sample begins with /action/<vendor>/<token>: " + raw);
        }
        List<String> path = segments.subList(3, segments.size());
        Variables.Builder variables = new Variables.Builder();
        if (mark >= 0) {
            for (String pair : raw.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                variables.add(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        if (path.size() > 1) {
            variables.add("mac", path.get(1));
        }
        if (path.size() > 2) {
            variables.add("ip", path.get(2));
        }
        return new SampleTarget(segments.get(1), segments.get(2), path, variables.build());
    }

    /** Percent-decoding that keeps {@code +} and a lone {@code %}; what is not UTF-8 is Latin-1. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                bytes.write(raw[i]);
            } else {
                bytes.write(high * 16 + low);
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
