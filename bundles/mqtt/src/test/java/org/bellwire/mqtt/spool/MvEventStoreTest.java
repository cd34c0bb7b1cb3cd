package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.bellwire.mqtt.SampleEvents;
import org.bellwire.mqtt.spool.EventStore.Contents;
import org.bellwire.testkit.CapturedLog;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvEventStoreTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123Z");

    @TempDir
    private Path dir = Path.of("");

    private final List<EventStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(EventStore::close);
    }

    private EventStore store() {
        EventStore store = new MvEventStore(dir, Clock.systemUTC());
        stores.add(store);
        return store;
    }

    private static List<StoredEvent> events(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(number -> new StoredEvent(number, SampleEvents.event("phone", (int) number, TIME)))
                .toList();
    }

    private static EventStore.Size sizeOf(List<StoredEvent> events) {
        return new EventStore.Size(
                events.size(),
                events.stream().mapToLong(stored -> stored.bytes().length).sum());
    }

    @Test
    void events_are_there_again_as_they_were() throws Exception {
        EventStore store = store();
        assertThat(store.exists()).isFalse();
        assertThat(store.open()).isEqualTo(new Contents(EventStore.Size.NONE, 0));
        assertThat(store.write(events(1, 11), List.of())).isEqualTo(sizeOf(events(1, 11)));
        assertThat(store.write(events(11, 12), List.of(1L, 2L))).isEqualTo(sizeOf(events(3, 12)));
        store.close();
        EventStore again = store();
        assertThat(again.exists()).isTrue();
        assertThat(again.open()).isEqualTo(new Contents(sizeOf(events(3, 12)), 11));
        assertThat(again.read(0, 100).events()).isEqualTo(events(3, 12));
        assertThat(again.read(5, 2).events()).isEqualTo(events(6, 8));
    }

    @Test
    void empty_store_leaves_no_file_behind() throws Exception {
        EventStore store = store();
        store.open();
        store.write(events(1, 3), List.of());
        store.write(List.of(), List.of(1L, 2L));
        store.close();
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void file_does_not_grow_while_events_come_and_go() throws Exception {
        EventStore store = store();
        store.open();
        for (long i = 1; i < 600; i++) {
            store.write(
                    events(i * 100, i * 100 + 100),
                    LongStream.range(i * 100 - 100, i * 100).boxed().toList());
        }
        System.out.printf("store: %d KiB after 59900 events that came and went%n", Files.size(file()) >> 10);
        assertThat(Files.size(file())).isLessThan(64 << 20);
    }

    @Test
    void file_that_was_cut_short_is_opened_at_its_last_whole_commit_or_put_aside() throws Exception {
        EventStore store = store();
        store.open();
        store.write(events(1, 2000), List.of());
        store.write(events(2000, 4000), List.of());
        byte[] whole = Files.readAllBytes(file());
        store.close();
        for (int part = 1; part < 10; part++) {
            Files.write(file(), Arrays.copyOf(whole, whole.length / 10 * part));
            EventStore cut = store();
            Contents contents = cut.open();
            assertThat(cut.read(0, 10_000).events())
                    .hasSize((int) contents.size().count());
            assertThat(contents.size().count()).isIn(0L, 1999L, 3999L);
            cut.close();
        }
    }

    @Test
    void damage_inside_is_noticed_and_the_file_put_aside() throws Exception {
        EventStore store = store();
        store.open();
        store.write(events(1, 4000), List.of());
        store.close();
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(20_000);
            file.write(new byte[200_000]);
        }
        EventStore damaged = store();
        assertThatThrownBy(() -> {
                    damaged.open();
                    damaged.read(0, 4000);
                })
                .isInstanceOf(IOException.class);
        assertThat(damaged.open()).isEqualTo(new Contents(EventStore.Size.NONE, 0));
        assertThat(damaged.write(events(1, 2), List.of()).count()).isEqualTo(1);
    }

    @Test
    void damaged_event_is_left_out_and_counted_while_the_others_are_read() throws Exception {
        EventStore store = store();
        store.open();
        store.write(events(1, 20), List.of());
        store.close();
        byte[] bytes = Files.readAllBytes(file());
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"seq\":14,");
        bytes[at + 6] = '9';
        Files.write(file(), bytes);
        EventStore damaged = store();
        damaged.open();
        EventStore.Page page = damaged.read(0, 100);
        assertThat(page.unreadable()).isEqualTo(1);
        assertThat(page.events()).hasSize(18).noneMatch(stored -> stored.number() == 14);
        assertThat(damaged.write(List.of(), List.of())).isEqualTo(sizeOf(page.events()));
    }

    private void put(Map<Long, byte[]> events, long format) {
        try (MVStore file = MVStore.open(file().toString())) {
            MvEventMaps maps = new MvEventMaps(file);
            events.forEach(maps::put);
            file.openMap(
                            "whole",
                            new MVMap.Builder<Long, Long>()
                                    .keyType(LongDataType.INSTANCE)
                                    .valueType(LongDataType.INSTANCE))
                    .put(0L, format);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] changed(StoredEvent stored, String from, String to) {
        byte[] bytes = new String(stored.bytes(), StandardCharsets.ISO_8859_1)
                .replace(from, to)
                .getBytes(StandardCharsets.ISO_8859_1);
        CRC32C sum = new CRC32C();
        sum.update(bytes, 5, bytes.length - 5);
        ByteBuffer.wrap(bytes).putInt(1, (int) sum.getValue());
        return bytes;
    }

    @Test
    void file_of_a_newer_version_is_put_aside_whole_and_told() throws Exception {
        put(Map.of(1L, events(1, 2).get(0).bytes()), MvEventMaps.FORMAT + 1);
        try (CapturedLog log = new CapturedLog()) {
            EventStore store = store();
            assertThat(store.open()).isEqualTo(new Contents(EventStore.Size.NONE, 0));
            assertThat(log.lines("WARN")).singleElement().asString().contains("newer Bellwire", ".newer");
        }
        assertThat(files()).hasSize(2).anyMatch(name -> name.endsWith(".newer"));
    }

    @Test
    void events_that_only_a_newer_version_understands_are_put_aside_and_the_others_read() throws Exception {
        List<StoredEvent> events = events(1, 5);
        byte[] newForm = events.get(1).bytes();
        newForm[0] = 3;
        byte[] newEvent = changed(events.get(2), "hook_off", "hook_odd");
        put(
                Map.of(
                        1L,
                        events.get(0).bytes(),
                        2L,
                        newForm,
                        3L,
                        newEvent,
                        4L,
                        events.get(3).bytes()),
                MvEventMaps.FORMAT);
        try (CapturedLog log = new CapturedLog()) {
            EventStore store = store();
            store.open();
            assertThat(store.read(0, 100)).isEqualTo(new EventStore.Page(List.of(events.get(0), events.get(3)), 0, 2));
            assertThat(store.write(List.of(), List.of()).count()).isEqualTo(2);
            assertThat(log.lines("WARN")).singleElement().asString().contains("2 events", "newer Bellwire");
            store.close();
        }
        assertThat(files()).containsExactly("events-of-newer-version.mv", "events.mv");
        Files.move(dir.resolve("events-of-newer-version.mv"), file(), StandardCopyOption.REPLACE_EXISTING);
        try (MVStore file = MVStore.open(file().toString())) {
            assertThat(new MvEventMaps(file).events().get(2L)).isEqualTo(newForm);
            assertThat(new MvEventMaps(file).events().get(3L)).isEqualTo(newEvent);
        }
    }

    @Test
    void file_of_an_older_version_is_read_and_its_bytes_counted() throws Exception {
        try (MVStore file = MVStore.open(file().toString())) {
            MvEventMaps maps = new MvEventMaps(file);
            events(1, 50).forEach(stored -> maps.events().put(stored.number(), stored.bytes()));
            file.removeMap("whole");
        }
        EventStore store = store();
        assertThat(store.open()).isEqualTo(new Contents(sizeOf(events(1, 50)), 49));
        assertThat(store.write(List.of(), List.of(1L))).isEqualTo(sizeOf(events(2, 50)));
    }

    private Path file() {
        return dir.resolve("events.mv");
    }
}
