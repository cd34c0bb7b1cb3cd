package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.bellwire.api.port.Counters;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the file of retained messages: the broker starts with what can be read, and says what cannot. */
class RetainedFileTest {

    private static final BrokerLimits.Memory LIMITS = new BrokerLimits.Memory(1 << 20, 1 << 20, 1 << 20, 100);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("retained");
    }

    private Path aside() {
        return directory.resolve("retained.aside");
    }

    private RetainedMessages open() {
        return new RetainedMessages(directory, LIMITS, new ClientLog(() -> Counters.NONE, System::nanoTime));
    }

    /** All that is retained, after the file was read. */
    private Map<String, String> read() throws IOException {
        try (RetainedMessages retained = open()) {
            return all(retained);
        }
    }

    private static Map<String, String> all(RetainedMessages retained) {
        Map<String, String> all = new TreeMap<>();
        RetainedMessages.Scan scan = retained.scan("#", 2);
        while (!scan.isDone()) {
            Optional<BrokerMessage> next = scan.next();
            next.ifPresent(m -> all.put(m.topic(), new String(m.payload(), StandardCharsets.UTF_8)));
        }
        return all;
    }

    private void write(String... topics) throws IOException {
        try (RetainedMessages retained = open()) {
            for (String topic : topics) {
                retained.put(message(topic, "x"));
            }
        }
    }

    private static BrokerMessage message(String topic, String payload) {
        return new BrokerMessage(topic, payload.getBytes(StandardCharsets.UTF_8), 1, true);
    }

    private static byte[] record(String topic, int qos, int length, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(topic);
        out.writeByte(qos);
        out.writeInt(length);
        out.write(payload);
        return bytes.toByteArray();
    }

    @Test
    void what_was_put_is_there_after_a_restart_and_nothing_is_put_aside() throws Exception {
        write("a", "b", "c");
        assertThat(read()).containsOnlyKeys("a", "b", "c");
        assertThat(aside()).doesNotExist();
    }

    @Test
    void file_of_the_version_before_is_read() throws Exception {
        Files.write(file(), record("a", 1, 1, new byte[] {'x'}));
        assertThat(read()).containsOnlyKeys("a");
        assertThat(aside()).doesNotExist();
    }

    @Test
    void file_of_a_newer_version_is_put_aside_as_it_is_and_told() throws Exception {
        write("a");
        byte[] newer = Files.readAllBytes(file());
        newer["\0\0bellwire-retained".length()] = 9;
        Files.write(file(), newer);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(read()).isEmpty();
            assertThat(log.with("newer Bellwire")).hasSize(1);
        }
        assertThat(aside()).hasBinaryContent(newer);
        write("b");
        assertThat(read()).containsOnlyKeys("b");
    }

    @Test
    void every_way_to_cut_a_file_off_keeps_what_was_whole() throws Exception {
        write("a", "b", "c");
        byte[] whole = Files.readAllBytes(file());
        for (int length = whole.length - 1; length > 0; length--) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(read().keySet()).isSubsetOf("a", "b", "c");
            write("d");
            assertThat(read()).containsKey("d");
        }
    }

    @Test
    void every_byte_may_be_another_one() throws Exception {
        write("a", "b", "c");
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(42);
        for (int i = 0; i < whole.length; i++) {
            byte[] bad = whole.clone();
            bad[i] = (byte) random.nextInt(256);
            Files.write(file(), bad);
            read();
            write("d");
            assertThat(read()).containsKey("d");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "0", "1048577", "2147483647", "-2147483648"})
    void record_that_promises_a_wrong_length_is_damage(int length) throws Exception {
        Files.write(file(), record("a", 1, length, new byte[] {'x'}));
        assertThat(read()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void folder_in_its_place_is_put_aside() throws Exception {
        Files.createDirectories(file().resolve("inside"));
        write("a");
        assertThat(read()).containsOnlyKeys("a");
        assertThat(aside().resolve("inside")).exists();
    }

    @Test
    void pipe_and_link_to_itself_are_put_aside_unread() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        write("a");
        assertThat(read()).containsOnlyKeys("a");
        Files.delete(file());
        Files.createSymbolicLink(file(), file());
        write("b");
        assertThat(read()).containsOnlyKeys("b");
    }

    @Test
    void huge_file_is_put_aside_unread() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(file().toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        write("a");
        assertThat(read()).containsOnlyKeys("a");
    }

    @Test
    void folder_that_cannot_be_made_leaves_the_messages_in_memory() throws Exception {
        Path notAFolder = Files.createFile(directory.resolve("file"));
        try (CapturedLog log = new CapturedLog();
                RetainedMessages retained = new RetainedMessages(
                        notAFolder, LIMITS, new ClientLog(() -> Counters.NONE, System::nanoTime))) {
            retained.put(message("a", "x"));
            retained.flush();
            assertThat(all(retained)).containsOnlyKeys("a");
            assertThat(log.with("cannot be written")).hasSize(1);
        }
    }

    @Test
    void file_that_could_not_be_written_is_tried_again_after_a_minute() throws Exception {
        Path folder = directory.resolve("folder");
        Files.createFile(folder);
        try (RetainedMessages retained =
                new RetainedMessages(folder, LIMITS, new ClientLog(() -> Counters.NONE, System::nanoTime))) {
            retained.put(message("a", "x"));
            Files.delete(folder);
            retained.tick(0);
            assertThat(folder).doesNotExist();
            retained.tick(61_000_000_000L);
            assertThat(folder.resolve("retained")).exists();
            retained.put(message("b", "x"));
        }
        try (RetainedMessages retained =
                new RetainedMessages(folder, LIMITS, new ClientLog(() -> Counters.NONE, System::nanoTime))) {
            assertThat(all(retained)).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void file_with_more_than_may_be_kept_is_read_as_far_as_it_may() throws Exception {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            many.writeBytes(record("topic/" + i, 1, 1, new byte[] {'x'}));
        }
        Files.write(file(), many.toByteArray());
        assertThat(read()).hasSize(100);
    }

    @Test
    void file_is_bounded_in_bytes_when_large_messages_change() throws Exception {
        try (RetainedMessages retained = open()) {
            for (int i = 0; i < 400; i++) {
                retained.put(message("a", "" + i % 10 + "x".repeat(200_000)));
                retained.flush();
            }
        }
        assertThat(Files.size(file())).isLessThan(20_000_000);
    }

    @Test
    void what_changes_after_a_subscription_is_not_among_what_was_there() throws Exception {
        try (RetainedMessages retained = open()) {
            retained.put(message("a/1", "old"));
            retained.put(message("a/2", "old"));
            RetainedMessages.Scan scan = retained.scan("a/+", 1);
            assertThat(scan.next()).isPresent();
            retained.put(message("a/2", "new"));
            retained.put(message("a/3", "new"));
            while (!scan.isDone()) {
                assertThat(scan.next()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "a/#", "a/b", "a/+", "+/b", "a/b/#", "+/+/+", "a/+/#", "/+", "b/#"})
    void scan_finds_what_the_filter_matches(String filter) throws Exception {
        String[] topics = {"a", "a/b", "a-b", "a/b/c", "b/b", "/x", "a/", "a0", "$sys/a"};
        try (RetainedMessages retained = open()) {
            Map<String, String> wanted = new TreeMap<>();
            for (String topic : topics) {
                retained.put(message(topic, "x"));
                if (SubscriptionTree.matches(filter, topic)) {
                    wanted.put(topic, "x");
                }
            }
            Map<String, String> found = new TreeMap<>();
            RetainedMessages.Scan scan = retained.scan(filter, 1);
            while (!scan.isDone()) {
                scan.next().ifPresent(message -> found.put(message.topic(), "x"));
            }
            assertThat(found).isEqualTo(wanted);
        }
    }
}
