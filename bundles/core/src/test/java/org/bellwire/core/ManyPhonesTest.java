package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.api.port.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events, commands, edits of files and a broker that comes and goes, all at once. */
@Timeout(30)
class ManyPhonesTest {

    private static final int ROUNDS = 300;

    private interface Work {
        void round(int number);
    }

    private static void together(Work... works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Work work : works) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < ROUNDS; i++) {
                        work.round(i);
                    }
                    return true;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Long> sequence(House house, String phone) {
        return house.bus.messages().stream()
                .filter(message -> message.topic().path().startsWith(phone + "/event/"))
                .map(Message::payload)
                .map(json -> JsonParser.parseString(json)
                        .getAsJsonObject()
                        .get("seq")
                        .getAsLong())
                .toList();
    }

    @Test
    void events_of_one_phone_are_published_in_the_order_of_their_numbers() throws Exception {
        try (House house = new House()) {
            house.file("lobby", "vendor", "acme").file("desk", "vendor", "acme");
            Work lobby = i -> house.get("acme", (i % 2 == 0 ? "/open-dnd" : "/close-dnd") + "?phone=lobby");
            together(lobby, lobby, lobby, i -> house.get("acme", "/off-hook?phone=desk"));
            assertThat(sequence(house, "lobby"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 3L * ROUNDS).boxed().toList());
            assertThat(sequence(house, "desk")).hasSize(ROUNDS);
            List<String> dnd = house.bus.payloads("lobby/state/dnd");
            for (int i = 1; i < dnd.size(); i++) {
                assertThat(dnd.get(i)).as("change " + i).isNotEqualTo(dnd.get(i - 1));
            }
        }
    }

    @Test
    void all_at_once_neither_locks_up_nor_leaves_anything_untrue() throws Exception {
        try (House house = new House()) {
            house.file("lobby", "vendor", "acme", "host", "192.0.2.10").file("guest", "vendor", "acme");
            together(
                    i -> house.get("acme", (i % 2 == 0 ? "/open-dnd" : "/close-dnd") + "?phone=lobby"),
                    i -> house.get("acme", "/off-hook?phone=guest"),
                    i -> house.send("lobby", "text", "hello"),
                    i -> house.file("lobby", "vendor", "acme", "host", "192.0.2.10", "name", "edit " + i),
                    i -> {
                        if (i % 2 == 0) {
                            house.delete("guest");
                        } else {
                            house.file("guest", "vendor", "acme");
                        }
                    },
                    i -> {
                        if (i % 50 == 0) {
                            house.bus.disconnect();
                        } else if (i % 50 == 1) {
                            house.bus.connect();
                        }
                    },
                    i -> house.registry.all(),
                    i -> house.retained.alive(house.phone("lobby")));
            house.delete("guest");
            house.bus.connect();
            house.settle();
            assertThat(house.get("acme", "/off-hook?phone=lobby")).isEqualTo(Reply.ACCEPTED);
            assertThat(house.bus.retained("lobby/state/dnd"))
                    .isEqualTo(house.phone("lobby").state(Property.DND));
            assertThat(house.bus.retained("lobby/info").orElseThrow()).contains("edit " + (ROUNDS - 1));
            assertThat(house.bus.retained())
                    .allSatisfy((topic, payload) -> assertThat(topic).doesNotStartWith("guest"));
            assertThat(house.log.lines()).noneMatch(line -> line.startsWith("SEVERE"));
        }
    }
}
