package org.bellwire.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bad inputs of good ones. Those that led somewhere new are kept, and it goes on from them. */
final class ByteMutator {

    static final int MAX_LENGTH = 64 << 10;

    private static final int MAX_KEPT = 2_000;
    private static final int MAX_KEPT_LENGTH = 8 << 10;

    /** Lengths and counts at which programs go wrong. */
    private static final byte[][] NUMBERS = {
        {0},
        {1},
        {0x7F},
        {-128},
        {-1},
        {0, 0},
        {0, 1},
        {-1, -1},
        {0x7F, -1},
        {-1, 0x7F},
        {-1, -1, -1, 0x7F},
        {-128, -128, -128, 1}
    };

    private final List<byte[]> good;
    private final List<byte[]> words = new ArrayList<>(List.of(NUMBERS));
    private final List<byte[]> kept = new ArrayList<>();
    private final Random random;

    ByteMutator(List<byte[]> good, List<String> words, Random random) {
        this.good = List.copyOf(good);
        this.random = random;
        words.forEach(word -> this.words.add(word.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] next() {
        byte[] bytes = any(kept.isEmpty() || random.nextInt(3) == 0 ? good : kept);
        for (int times = 1 + random.nextInt(5); times > 0; times--) {
            bytes = mutated(bytes);
        }
        return bytes.length > MAX_LENGTH ? Arrays.copyOf(bytes, MAX_LENGTH) : bytes;
    }

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

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = at + random.nextInt(Math.min(40, bytes.length - at) + 1);
        return switch (random.nextInt(11)) {
            case 0 -> replaced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 2 -> flipped(bytes, at);
            case 3 -> replaced(bytes, at, end, new byte[0]);
            case 4 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> replaced(bytes, at, at, any(words));
            case 7 -> replaced(bytes, at, Math.min(bytes.length, at + 1), any(words));
            case 8 -> replaced(bytes, at, random.nextBoolean() ? at : end, part(any(good)));
            case 9 -> random.nextInt(8) == 0 ? replaced(bytes, at, at, run(Arrays.copyOfRange(bytes, at, end))) : bytes;
            default -> random.nextInt(8) == 0 ? replaced(bytes, at, at, run(any(words))) : bytes;
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] part(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(Math.min(80, bytes.length - from) + 1));
    }

    /** The same again and again: what costs more than its length shows only in what is long. */
    private byte[] run(byte[] what) {
        int length = 1 << random.nextInt(17);
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        while (what.length > 0 && out.size() < length) {
            out.writeBytes(what);
        }
        return out.toByteArray();
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] middle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
        out.write(bytes, 0, from);
        out.writeBytes(middle);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
