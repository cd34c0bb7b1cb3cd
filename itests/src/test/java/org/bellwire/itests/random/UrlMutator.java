package org.bellwire.itests.random;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bad requests of good ones. Keeps those that led somewhere new, and goes on from them. */
final class UrlMutator {

    private static final int MAX_KEPT = 2000;
    private static final int MAX_KEPT_LENGTH = 4000;
    private static final int MAX_LENGTH = 16_000;
    private static final byte[] SIGNS = "%&=?/<>$\"@+;:#|\\^`{} \r\n\t.-_0aZ".getBytes(StandardCharsets.US_ASCII);

    private final Random random;
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<byte[]> good;
    private final List<byte[]> kept = new ArrayList<>();

    UrlMutator(List<byte[]> good, List<String> words, Random random) {
        this.good = List.copyOf(good);
        this.random = random;
        words.forEach(word -> pieces.add(word.getBytes(StandardCharsets.UTF_8)));
        for (String piece : List.of(
                "$unfilled",
                "<$remote_party>",
                "$",
                "%",
                "%%",
                "%0",
                "%zz",
                "%00",
                "%0d%0a",
                "%2F",
                "%26",
                "%25",
                "%C3",
                "%E4",
                "%F0%9F%98%80",
                "%ED%A0%80",
                "%C0%80",
                "%7F",
                "%C2%85",
                "%E2%80%A8",
                "ä",
                "€",
                "😀",
                "Grüße",
                "\u2028",
                "\0",
                "&mac=",
                "&ip=",
                "&ip=1.2.3.4",
                "&ip=::1",
                "&call_id=",
                "&callId=TC@9",
                "&call_guid=",
                "&remote=sip:42@h",
                "&event=",
                "&action=",
                "&hold_state=off_hold",
                "&phone=htek",
                "&token=",
                "&password=x",
                "&model=",
                "&firmware=",
                "sip:",
                "sip:%34%32@h",
                "<sip:a@b>",
                "\"a\" (1)",
                "[::1]",
                "00:1f:c1:1a:8b:6c",
                "/",
                "//",
                "/../",
                "?",
                "??",
                "#",
                " HTTP/1.1",
                " HTTP/1.0\r\n",
                "\r\n\r\n",
                "\n",
                "\r\nConnection: close",
                "\r\nX-Forwarded-For: 10.0.0.9, ::1",
                "[fe80::1]:99",
                "999.1.1.1",
                ", 10.0.0.1:80",
                "\r\nContent-Length: 5",
                "\r\nTransfer-Encoding: chunked",
                "GET ",
                "HEAD ",
                "POST ",
                "http://h:1")) {
            pieces.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        pieces.add(new byte[] {(byte) 0xE4, (byte) 0xF6, (byte) 0xFC});
        pieces.add(new byte[] {(byte) 0xC3});
        pieces.add(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        pieces.add(new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80});
    }

    /** One request or some, mostly bad. */
    byte[] next() {
        byte[] bytes = any(random.nextInt(4) == 0 || kept.isEmpty() ? good : kept);
        for (int times = random.nextInt(6); times > 0; times--) {
            bytes = mutated(bytes);
        }
        if (random.nextInt(8) == 0) {
            bytes = join(bytes, any(good));
        }
        return bytes.length > MAX_LENGTH ? Arrays.copyOf(bytes, MAX_LENGTH) : bytes;
    }

    /** This one led somewhere new. */
    void keep(byte[] bytes) {
        if (bytes.length > MAX_KEPT_LENGTH) {
            return;
        }
        if (kept.size() < MAX_KEPT) {
            kept.add(bytes);
        } else {
            kept.set(random.nextInt(MAX_KEPT), bytes);
        }
    }

    int kept() {
        return kept.size();
    }

    private byte[] mutated(byte[] bytes) {
        int at = at(bytes);
        int end = Math.min(bytes.length, at + random.nextInt(40));
        return switch (random.nextInt(12)) {
            case 0 ->
                replaced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {SIGNS[random.nextInt(SIGNS.length)]});
            case 1 -> replaced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(bytes, at, end, new byte[0]);
            case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> spliced(bytes, at);
            case 6 -> random.nextInt(4) == 0 ? replaced(bytes, at, at, run(bytes, at)) : bytes;
            case 7 -> random.nextInt(4) == 0 ? replaced(bytes, at, at, parameters()) : bytes;
            case 8 -> random.nextInt(8) == 0 ? headers(bytes) : bytes;
            default -> replaced(bytes, at, random.nextBoolean() ? at : end, any(pieces));
        };
    }

    /** Mostly behind the token, where what is sent counts. */
    private int at(byte[] bytes) {
        int from = random.nextInt(10) == 0 ? 0 : Math.min(60, bytes.length);
        int lineEnd = from;
        while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        int to = random.nextInt(10) == 0 ? bytes.length : Math.max(from, lineEnd - 10);
        return from + random.nextInt(to - from + 1);
    }

    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = any(good);
        int from = random.nextInt(other.length);
        int to = from + random.nextInt(Math.min(80, other.length - from));
        return replaced(bytes, at, at, Arrays.copyOfRange(other, from, to));
    }

    private byte[] run(byte[] bytes, int at) {
        byte[] run = new byte[1 << random.nextInt(14)];
        Arrays.fill(run, at < bytes.length && random.nextBoolean() ? bytes[at] : (byte) random.nextInt(256));
        return run;
    }

    private byte[] parameters() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(64); i >= 0; i--) {
            out.append("&p").append(i).append("=v").append(i);
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] headers(byte[] bytes) {
        String line = "X-" + "a".repeat(random.nextInt(90)) + ": b\r\n";
        byte[] more = line.repeat(random.nextInt(200)).getBytes(StandardCharsets.US_ASCII);
        int end = Math.max(0, bytes.length - 2);
        return replaced(bytes, end, end, more);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] middle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
        out.write(bytes, 0, from);
        out.writeBytes(middle);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        return replaced(first, first.length, first.length, second);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
