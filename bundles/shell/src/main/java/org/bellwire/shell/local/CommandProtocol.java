package org.bellwire.shell.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bin/bellwire} and the instance say to each other. The client sends one request: version, columns, whether
 * colours are shown, number of words, and each word with its length, of which the first is the client's folder. The instance answers with frames (kind, length, bytes) until one has the exit status.
 * Everything is bounded. Used by the client too, so it needs nothing but the JDK.
 */
final class CommandProtocol {

    static final int MAX_REQUEST = 64 * 1024;
    static final int MAX_WORDS = 256;

    static final byte OUT = 1;
    static final byte ERR = 2;
    /** The frame's length is the exit status; there are no bytes. */
    static final byte EXIT = 3;

    private static final int VERSION = 0x42570002;
    private static final int REQUEST_HEAD = 16;
    private static final int FRAME_HEAD = 5;

    private CommandProtocol() {}

    /**
     * One command.
     *
     * @param columns the width of the client's terminal; 0: it has none
     * @param colours it shows colours
     * @param folder where the client was started: names of files that it was given begin there
     * @param words a command and its arguments; or one word: a whole line
     */
    record Request(int columns, boolean colours, String folder, List<String> words) {
        Request {
            words = List.copyOf(words);
        }

        private List<String> all() {
            List<String> all = new ArrayList<>(List.of(folder));
            all.addAll(words);
            return all;
        }
    }

    /** What the other side sent is no request or no frame. */
    static final class Garbled extends IOException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Garbled(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static byte[] encode(Request request) throws Garbled {
        List<byte[]> words = new ArrayList<>();
        int length = REQUEST_HEAD;
        for (String word : request.all()) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            words.add(bytes);
            length += 4 + bytes.length;
        }
        if (length > MAX_REQUEST || words.size() > MAX_WORDS + 1) {
            throw new Garbled("the command is longer than " + MAX_REQUEST + " bytes or " + MAX_WORDS + " words");
        }
        ByteBuffer out = ByteBuffer.allocate(length).putInt(VERSION).putInt(request.columns());
        out.putInt(request.colours() ? 1 : 0);
        out.putInt(words.size());
        words.forEach(word -> out.putInt(word.length).put(word));
        return out.array();
    }

    static void write(SocketChannel channel, byte[] bytes) throws IOException {
        write(channel, ByteBuffer.wrap(bytes));
    }

    static Request receive(SocketChannel channel) throws IOException {
        ByteBuffer head = read(channel, REQUEST_HEAD);
        if (head.getInt() != VERSION) {
            throw new Garbled("bin/bellwire is of another version than the instance");
        }
        int columns = head.getInt();
        boolean colours = between(0, head.getInt(), 1) == 1;
        int count = between(2, head.getInt(), MAX_WORDS + 1);
        List<String> words = new ArrayList<>();
        int room = MAX_REQUEST;
        for (int i = 0; i < count; i++) {
            int length = between(0, read(channel, 4).getInt(), room);
            room -= length;
            words.add(new String(read(channel, length).array(), StandardCharsets.UTF_8));
        }
        return new Request(between(0, columns, 10_000), colours, words.get(0), words.subList(1, count));
    }

    static void frame(SocketChannel channel, byte kind, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(FRAME_HEAD + length).put(kind).putInt(length);
        write(channel, out.put(bytes, offset, length).flip());
    }

    static void exit(SocketChannel channel, int status) throws IOException {
        write(channel, ByteBuffer.allocate(FRAME_HEAD).put(EXIT).putInt(status).flip());
    }

    /** Kind and length, or exit status, of the next frame. */
    static ByteBuffer frameHead(SocketChannel channel) throws IOException {
        return read(channel, FRAME_HEAD);
    }

    static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
        }
        return in.flip();
    }

    private static void write(SocketChannel channel, ByteBuffer out) throws IOException {
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private static int between(int min, int value, int max) throws Garbled {
        if (value < min || value > max) {
            throw new Garbled("not a request");
        }
        return value;
    }
}
