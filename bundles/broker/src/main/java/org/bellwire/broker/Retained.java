package org.bellwire.broker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retained messages, in memory and in a file that is only ever appended to, and written anew when most of it is out of date.
 * A record is topic, QoS, length and payload; a length of -1 takes the topic away.
 */
final class Retained implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retained.class);
    private static final int SLACK = 10_000;

    private final Path file;
    private final Map<String, Message> messages = new HashMap<>();
    private DataOutputStream out;
    private int records;
    private boolean failed;

    Retained(Path directory) throws IOException {
        Files.createDirectories(directory);
        file = directory.resolve("retained");
        load();
        out = compact();
    }

    /** Keeps a message, or with an empty payload forgets the topic. */
    void put(Message message) {
        boolean gone = message.payload().length == 0;
        Message before = gone ? messages.remove(message.topic()) : messages.put(message.topic(), message);
        if (gone && before == null) {
            return;
        }
        try {
            write(out, message);
        } catch (IOException e) {
            fail(e);
        }
    }

    void forEach(String filter, Consumer<Message> action) {
        if (filter.indexOf('+') < 0 && filter.indexOf('#') < 0) {
            Message message = messages.get(filter);
            if (message != null) {
                action.accept(message);
            }
            return;
        }
        messages.values().stream()
                .filter(message -> Topics.matches(filter, message.topic()))
                .forEach(action);
    }

    /** What was put so far is with the operating system afterwards. */
    void flush() {
        try {
            if (records > 2 * messages.size() + SLACK) {
                out.close();
                out = compact();
            }
            out.flush();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                String topic = in.readUTF();
                int qos = in.readByte();
                int length = in.readInt();
                if (length < 0) {
                    messages.remove(topic);
                } else {
                    messages.put(topic, new Message(topic, payload(in, length), qos, true));
                }
            }
        } catch (EOFException e) {
            LOG.debug("{}: {} retained messages", file, messages.size());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{}: cannot be read to its end: {} retained messages are kept: {}",
                    file,
                    messages.size(),
                    e.toString());
        }
    }

    private static byte[] payload(DataInputStream in, int length) throws IOException {
        if (length > Decoder.MAX_BYTES) {
            throw new IOException("a record of " + length + " bytes");
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return payload;
    }

    private DataOutputStream compact() throws IOException {
        Path fresh = file.resolveSibling("retained.new");
        try (DataOutputStream all = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            records = 0;
            for (Message message : messages.values()) {
                write(all, message);
            }
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 16));
    }

    private void write(DataOutputStream to, Message message) throws IOException {
        byte[] payload = message.payload();
        to.writeUTF(message.topic());
        to.writeByte(message.qos());
        to.writeInt(payload.length == 0 ? -1 : payload.length);
        to.write(payload);
        records++;
    }

    private void fail(IOException e) {
        if (!failed) {
            failed = true;
            LOG.warn("{}: cannot be written: retained messages are lost at the next stop: {}", file, e.toString());
        }
    }
}
