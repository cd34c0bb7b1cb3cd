package org.bellwire.store.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");
    private static final PhoneId DESK = new PhoneId("desk-2");

    @TempDir
    private Path dir = Path.of("");

    private final List<FileStateStore> all = new ArrayList<>();
    private long nanos;

    @AfterEach
    void close() {
        all.forEach(FileStateStore::deactivate);
    }

    private FileStateStore store() {
        return store(dir);
    }

    private FileStateStore store(Path where) {
        FileStateStore store = new FileStateStore(where, () -> nanos);
        all.add(store);
        return store;
    }

    private Path file() {
        return dir.resolve("states.txt");
    }

    private static Map<PhoneId, Optional<String>> text(PhoneId phone, String text) {
        return Map.of(phone, Optional.of(text));
    }

    private static PhoneId phone(int number) {
        return new PhoneId("p" + number);
    }

    @Test
    void texts_are_there_again_as_they_were_kept_last() {
        FileStateStore store = store();
        assertThat(store.recall(LOBBY)).isEmpty();
        assertThat(store.keep(text(LOBBY, "{\"name\":\"Jörg \\n 日本\"}"))).isTrue();
        store.keep(Map.of(DESK, Optional.of("old"), phone(1), Optional.of("one")));
        store.keep(text(DESK, "new"));
        for (int i = 0; i < 2; i++) {
            FileStateStore each = i == 0 ? store : again(store);
            assertThat(each.recall(LOBBY)).contains("{\"name\":\"Jörg \\n 日本\"}");
            assertThat(each.recall(DESK)).contains("new");
            assertThat(each.recall(phone(2))).isEmpty();
            assertThat(each.phones()).containsExactlyInAnyOrder(LOBBY, DESK, phone(1));
        }
    }

    private FileStateStore again(FileStateStore before) {
        before.deactivate();
        return store();
    }

    @Test
    void forgotten_phone_stays_forgotten() {
        FileStateStore store = store();
        store.keep(text(LOBBY, "something"));
        store.keep(Map.of(LOBBY, Optional.empty(), DESK, Optional.empty()));
        assertThat(store.recall(LOBBY)).isEmpty();
        FileStateStore later = again(store);
        assertThat(later.recall(LOBBY)).isEmpty();
        assertThat(later.phones()).isEmpty();
    }

    @Test
    void nothing_is_made_before_there_is_something_to_keep() throws Exception {
        FileStateStore store = store(dir.resolve("not/there/yet"));
        assertThat(store.recall(LOBBY)).isEmpty();
        assertThat(store.keep(Map.of())).isTrue();
        assertThat(store.lastKept()).isEmpty();
        assertThat(store.phones()).isEmpty();
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
        assertThat(store.keep(text(LOBBY, "x"))).isTrue();
        assertThat(dir.resolve("not/there/yet/states.txt")).exists();
    }

    @Test
    void sign_of_life_makes_what_is_kept_younger_and_changes_nothing_else() throws Exception {
        FileStateStore store = store();
        store.keep(text(LOBBY, "x"));
        Instant old = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        byte[] before = Files.readAllBytes(file());
        store.deactivate();
        Files.setLastModifiedTime(file(), FileTime.from(old));
        FileStateStore later = store();
        assertThat(later.lastKept()).contains(old);
        assertThat(later.recall(LOBBY)).contains("x");
        assertThat(later.lastKept()).contains(old);
        later.keep(Map.of());
        assertThat(later.lastKept().orElseThrow()).isAfter(old.plusSeconds(3000));
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void file_cut_off_anywhere_has_all_that_is_whole() throws Exception {
        FileStateStore store = store();
        store.keep(text(LOBBY, "first"));
        store.keep(text(DESK, "desk"));
        store.keep(text(LOBBY, "second"));
        store.deactivate();
        byte[] whole = Files.readAllBytes(file());
        int first = "#bellwire-states 1\nlobby first\n".length();
        int desk = first + "desk-2 desk\n".length();
        try (CapturedLog log = new CapturedLog()) {
            for (int length = 0; length <= whole.length; length++) {
                Files.write(file(), Arrays.copyOf(whole, length));
                FileStateStore cut = store();
                assertThat(cut.recall(LOBBY))
                        .as("cut at " + length)
                        .isEqualTo(
                                length == whole.length
                                        ? Optional.of("second")
                                        : length >= first ? Optional.of("first") : Optional.empty());
                assertThat(cut.recall(DESK).isPresent()).isEqualTo(length >= desk);
                assertThat(cut.keep(text(phone(1), "new"))).isTrue();
                assertThat(again(cut).recall(phone(1))).contains("new");
                all.forEach(FileStateStore::deactivate);
            }
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @Test
    void damaged_lines_are_left_out_with_one_warning() throws Exception {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        Files.write(file(), noise);
        Files.writeString(
                file(), "\nlobby good\nLobby bad\n\nbad\n " + "x".repeat(1000) + "\n", StandardOpenOption.APPEND);
        try (CapturedLog log = new CapturedLog()) {
            FileStateStore store = store();
            assertThat(store.recall(LOBBY)).contains("good");
            assertThat(store.phones()).containsExactly(LOBBY);
            assertThat(log.lines("WARN")).singleElement().asString().contains("states.txt", "lines are damaged");
        }
    }

    @Test
    void file_in_use_by_another_is_left_alone_and_taken_when_it_is_free() {
        FileStateStore owner = store();
        owner.keep(text(LOBBY, "of the other"));
        try (CapturedLog log = new CapturedLog()) {
            FileStateStore second = store();
            for (int i = 0; i < 100; i++) {
                assertThat(second.recall(LOBBY)).isEmpty();
                assertThat(second.keep(text(DESK, "mine"))).isFalse();
                nanos += TimeUnit.SECONDS.toNanos(i % 3);
            }
            assertThat(owner.recall(DESK)).isEmpty();
            assertThat(log.lines("WARN")).singleElement().asString().contains("in use by another process", "'dir'");
            owner.deactivate();
            nanos += TimeUnit.SECONDS.toNanos(2);
            assertThat(second.keep(text(DESK, "mine"))).isTrue();
            assertThat(second.recall(LOBBY)).contains("of the other");
            assertThat(log.lines("INFO")).singleElement().asString().contains("works again");
        }
    }

    @Test
    void lock_is_held_against_another_process_even_after_the_file_was_written_anew() throws Exception {
        FileStateStore store = store();
        grow(store, 3000);
        store.keep(Map.of());
        store.lastKept();
        String locks = Files.readString(Path.of("/proc/locks"));
        Object inode = Files.getAttribute(file(), "unix:ino");
        assertThat(locks.lines()).anyMatch(line -> line.contains("POSIX") && line.contains(":" + inode + " "));
    }

    @Test
    void folder_that_cannot_be_made_is_told_once_and_what_to_do() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "");
        try (CapturedLog log = new CapturedLog()) {
            FileStateStore store = store(file);
            for (int i = 0; i < 5; i++) {
                assertThat(store.keep(text(LOBBY, "x"))).isFalse();
                nanos += TimeUnit.SECONDS.toNanos(2);
            }
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("'dir'", "states will not be known after a restart");
            Files.delete(file);
            assertThat(store.keep(text(LOBBY, "x"))).isTrue();
            assertThat(log.lines("INFO")).singleElement().asString().contains("works again");
        }
    }

    @Test
    void file_of_a_newer_version_is_put_aside_and_told() throws Exception {
        Files.writeString(file(), "#bellwire-states 2\n@lobby something new\n");
        try (CapturedLog log = new CapturedLog()) {
            FileStateStore store = store();
            assertThat(store.recall(LOBBY)).isEmpty();
            assertThat(store.keep(text(LOBBY, "x"))).isTrue();
            assertThat(log.lines("WARN")).singleElement().asString().contains("newer Bellwire", "put aside as");
        }
        try (Stream<Path> files = Files.list(dir)) {
            Path aside = files.filter(file -> !file.equals(file())).findFirst().orElseThrow();
            assertThat(aside).content().contains("@lobby something new");
        }
    }

    @Test
    void file_of_an_older_version_without_a_format_is_read() throws Exception {
        Files.writeString(file(), "lobby x\n");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(store().recall(LOBBY)).contains("x");
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @Test
    void line_without_an_end_or_a_sensible_length_costs_nothing_and_is_left_out() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.write("lobby x\ndesk-2 ".getBytes(StandardCharsets.UTF_8));
            file.setLength(StatesFile.FILE_MAX - 1);
            file.seek(StatesFile.FILE_MAX - 1);
            file.write('\n');
        }
        FileStateStore store = store();
        assertThat(store.recall(LOBBY)).contains("x");
        assertThat(store.recall(DESK)).isEmpty();
    }

    @Test
    void file_of_no_sensible_size_is_put_aside() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.setLength(20L << 30);
        }
        try (CapturedLog log = new CapturedLog()) {
            assertThat(store().recall(LOBBY)).isEmpty();
            assertThat(log.lines("WARN")).singleElement().asString().contains("put aside as");
        }
    }

    @Test
    void text_that_is_too_long_is_told_and_the_older_one_forgotten() {
        FileStateStore store = store();
        store.keep(text(LOBBY, "old"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(store.keep(Map.of(LOBBY, Optional.of("x".repeat(70_000)), DESK, Optional.of("y"))))
                    .isTrue();
            assertThat(store.recall(LOBBY))
                    .as("what is old is worse than nothing")
                    .isEmpty();
            assertThat(store.recall(DESK)).contains("y");
            assertThat(log.lines("WARN")).singleElement().asString().contains("lobby", "64 KB");
        }
    }

    private static void grow(FileStateStore store, int commits) {
        Random random = new Random(2);
        for (int i = 0; i < commits; i++) {
            store.keep(text(phone(random.nextInt(20)), i + "x".repeat(400)));
        }
    }

    @Test
    void file_does_not_grow_with_the_number_of_changes() throws Exception {
        FileStateStore store = store();
        Map<PhoneId, String> expected = new LinkedHashMap<>();
        Random random = new Random(3);
        long largest = 0;
        for (int i = 0; i < 5000; i++) {
            PhoneId phone = phone(random.nextInt(50));
            Optional<String> text =
                    random.nextInt(10) == 0 ? Optional.empty() : Optional.of(i + "x".repeat(random.nextInt(800)));
            store.keep(Map.of(phone, text));
            expected.remove(phone);
            text.ifPresent(t -> expected.put(phone, t));
            largest = Math.max(largest, Files.size(file()));
        }
        assertThat(largest).isLessThan(320 << 10);
        for (int i = 0; i < 2; i++) {
            FileStateStore each = i == 0 ? store : again(store);
            assertThat(each.phones()).isEqualTo(expected.keySet());
            expected.forEach((phone, text) -> assertThat(each.recall(phone)).contains(text));
        }
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void rewriting_that_was_interrupted_by_a_kill_hinders_nothing() throws IOException {
        Files.writeString(dir.resolve("states.txt.new"), "lobby half of wh", StandardCharsets.UTF_8);
        FileStateStore store = store();
        grow(store, 3000);
        store.keep(text(LOBBY, "x"));
        assertThat(again(store).recall(LOBBY)).contains("x");
        assertThat(dir.resolve("states.txt.new")).doesNotExist();
    }

    @Test
    void full_disk_is_told_once_and_what_was_kept_before_is_still_there() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        FileStateStore store = store();
        store.keep(text(LOBBY, "x"));
        try (CapturedLog log = new CapturedLog()) {
            int kept = 0;
            limit(self.pid(), "100000:unlimited");
            try {
                while (store.keep(text(phone(kept), "y".repeat(5000)))) {
                    kept++;
                }
                assertThat(store.keep(text(DESK, "z"))).isFalse();
            } finally {
                limit(self.pid(), "unlimited:unlimited");
            }
            assertThat(log.lines("WARN")).singleElement().asString().contains("states.txt");
            nanos += TimeUnit.SECONDS.toNanos(2);
            assertThat(store.keep(text(DESK, "z"))).isTrue();
            assertThat(kept).isEqualTo(19);
        }
        FileStateStore later = again(store);
        assertThat(later.recall(LOBBY)).contains("x");
        assertThat(later.recall(DESK)).contains("z");
        assertThat(later.phones()).hasSize(21);
    }

    private static void limit(long pid, String size) throws Exception {
        assertThat(new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--fsize=" + size)
                        .start()
                        .waitFor())
                .isZero();
    }
}
