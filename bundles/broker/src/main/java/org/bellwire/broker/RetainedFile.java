package org.bellwire.broker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of retained messages: only ever appended to, and written anew when most of it is out of date. After a mark and a version
 * come records: topic, QoS, length, payload; a length of -1 takes the topic away. What cannot be read is put aside under another
 * name, and Bellwire goes on with what could be.
 */
final class RetainedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedFile.class);
    /** Begins as no record does, for no topic is empty: files of before have records at once. */
    private static final byte[] MARK = "\0\0bellwire-retained".getBytes(StandardCharsets.US_ASCII);

    private static final int VERSION = 2;
    private static final long MAX_BYTES = 1L << 30;
    /** Out of date may be as much as is kept, and this. */
    private static final int SLACK_RECORDS = 10_000;

    private static final int SLACK_BYTES = 1 << 24;
    private static final long RETRY_NANOS = 60_000_000_000L;

    private final Path directory;
    private final Path file;
    private final Path aside;
    private final ClientLog remarks;
    private DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    private int records;
    private boolean failed;
    private OptionalLong failedSince = OptionalLong.empty();

    RetainedFile(Path directory, ClientLog remarks) {
        this.directory = directory;
        file = directory.resolve("retained");
        aside = directory.resolve("retained.aside");
        this.remarks = remarks;
    }

    /** Reads what is there. */
    void load(Consumer<BrokerMessage> to) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int[] read = {0};
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException("it is no regular file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has " + Files.size(file) + " bytes, more than " + MAX_BYTES);
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                readVersion(in);
                for (in.mark(1); in.read() >= 0; in.mark(1)) {
                    in.reset();
                    to.accept(record(in));
                    read[0]++;
                }
            }
        } catch (IOException | RuntimeException e) {
            putAside(read[0], e);
        }
    }

    private void putAside(int read, Exception why) {
        String reason = why.getMessage() == null ? "it is cut off" : why.getMessage();
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn(
                    "{}: cannot be read to its end: {}; {} records were read, the file is now {}",
                    file,
                    reason,
                    read,
                    aside);
        } catch (IOException e) {
            LOG.warn("{}: cannot be read to its end: {}; and cannot be put aside: {}", file, reason, e.toString());
        }
    }

    private static void readVersion(DataInputStream in) throws IOException {
        in.mark(MARK.length);
        if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
            in.reset();
            return;
        }
        int version = in.readUnsignedByte();
        if (version > VERSION) {
            throw new IOException("it was written by a newer Bellwire, in version " + version);
        }
    }

    private static BrokerMessage record(DataInputStream in) throws IOException {
        String topic = in.readUTF();
        int qos = in.readByte();
        int length = in.readInt();
        if (topic.isEmpty()
                || SubscriptionTree.isWildcard(topic)
                || qos < 0
                || qos > 2
                || length == 0
                || length < -1
                || length > BrokerLimits.PAYLOAD_BYTES) {
            throw new IOException("it is damaged");
        }
        byte[] payload = in.readNBytes(Math.max(length, 0));
        if (payload.length < length) {
            throw new IOException("it is cut off");
        }
        return new BrokerMessage(topic, payload, qos, true);
    }

    void append(BrokerMessage message) {
        if (failed) {
            return;
        }
        try {
            write(out, message);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Whether most of it is of no use any more. */
    boolean isOutOfDate(int kept, long keptBytes) {
        return !failed && (records > 2L * kept + SLACK_RECORDS || out.size() > 2 * keptBytes + SLACK_BYTES);
    }

    /** Whether it is time to try a file again that could not be written. */
    boolean isDue(long now) {
        if (failed && failedSince.isEmpty()) {
            failedSince = OptionalLong.of(now);
        }
        return failed && now - failedSince.getAsLong() > RETRY_NANOS;
    }

    void flush() {
        if (failed) {
            return;
        }
        try {
            out.flush();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Writes all anew, beside the file, and puts it in its place. */
    void rewrite(Stream<BrokerMessage> messages) {
        Path fresh = file.resolveSibling("retained.new");
        try {
            out.close();
            Files.createDirectories(directory);
            Files.deleteIfExists(fresh);
            records = 0;
            try (DataOutputStream all = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
                all.write(MARK);
                all.writeByte(VERSION);
                for (Iterator<BrokerMessage> each = messages.iterator(); each.hasNext(); ) {
                    write(all, each.next());
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            out = new DataOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 16));
            if (failed) {
                failed = false;
                LOG.info("{}: can be written again", file);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void write(DataOutputStream to, BrokerMessage message) throws IOException {
        byte[] payload = message.payload();
        to.writeUTF(message.topic());
        to.writeByte(message.qos());
        to.writeInt(payload.length == 0 ? -1 : payload.length);
        to.write(payload);
        records++;
    }

    private void fail(Exception e) {
        failed = true;
        failedSince = OptionalLong.empty();
        remarks.say(
                ClientLog.Kind.DISK,
                () -> file
                        + ": cannot be written: retained messages are lost at the next stop; trying again each minute: "
                        + e);
        try {
            out.close();
        } catch (IOException again) {
            LOG.debug("{}: closing", file, again);
        }
        out = new DataOutputStream(OutputStream.nullOutputStream());
    }
}
