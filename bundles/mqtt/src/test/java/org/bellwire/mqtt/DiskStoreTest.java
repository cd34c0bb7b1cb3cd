package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bellwire.mqtt.Store.Contents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123Z");

    @TempDir
    private Path dir = Path.of("");

    private final List<Store> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(Store::close);
    }

    private Store store() {
        Store store = new DiskStore(dir, Clock.systemUTC());
        stores.add(store);
        return store;
    }

    private static List<Stored> events(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(number -> new Stored(number, Events.event("phone", (int) number, TIME)))
                .toList();
    }

    @Test
    void events_are_there_again_as_they_were() throws Exception {
        Store store = store();
        assertThat(store.exists()).isFalse();
        assertThat(store.open()).isEqualTo(new Contents(0, 0));
        assertThat(store.write(events(1, 11), List.of())).isEqualTo(10);
        assertThat(store.write(events(11, 12), List.of(1L, 2L))).isEqualTo(9);
        store.close();
        Store again = store();
        assertThat(again.exists()).isTrue();
        assertThat(again.open()).isEqualTo(new Contents(9, 11));
        assertThat(again.read(0, 100).events()).isEqualTo(events(3, 12));
        assertThat(again.read(5, 2).events()).isEqualTo(events(6, 8));
    }

    @Test
    void empty_store_leaves_no_file_behind() throws Exception {
        Store store = store();
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
        Store store = store();
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
        Store store = store();
        store.open();
        store.write(events(1, 2000), List.of());
        store.write(events(2000, 4000), List.of());
        byte[] whole = Files.readAllBytes(file());
        store.close();
        for (int part = 1; part < 10; part++) {
            Files.write(file(), Arrays.copyOf(whole, whole.length / 10 * part));
            Store cut = store();
            Contents contents = cut.open();
            assertThat(cut.read(0, 10_000).events()).hasSize((int) contents.count());
            assertThat(contents.count()).isIn(0L, 1999L, 3999L);
            cut.close();
        }
    }

    @Test
    void damage_inside_is_noticed_and_the_file_put_aside() throws Exception {
        Store store = store();
        store.open();
        store.write(events(1, 4000), List.of());
        store.close();
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(20_000);
            file.write(new byte[200_000]);
        }
        Store damaged = store();
        assertThatThrownBy(() -> {
                    damaged.open();
                    damaged.read(0, 4000);
                })
                .isInstanceOf(IOException.class);
        assertThat(damaged.open()).isEqualTo(new Contents(0, 0));
        assertThat(damaged.write(events(1, 2), List.of())).isEqualTo(1);
    }

    @Test
    void damaged_event_is_left_out_and_counted_while_the_others_are_read() throws Exception {
        Store store = store();
        store.open();
        store.write(events(1, 20), List.of());
        store.close();
        byte[] bytes = Files.readAllBytes(file());
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"seq\":14,");
        bytes[at + 6] = '9';
        Files.write(file(), bytes);
        Store damaged = store();
        damaged.open();
        Store.Page page = damaged.read(0, 100);
        assertThat(page.unreadable()).isEqualTo(1);
        assertThat(page.events()).hasSize(18).noneMatch(stored -> stored.number() == 14);
        assertThat(damaged.write(List.of(), List.of())).isEqualTo(18);
    }

    private Path file() {
        return dir.resolve("events.mv");
    }
}
