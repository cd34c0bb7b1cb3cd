package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.bellwire.mqtt.TopicListener.Heard;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What was promised arrives, whatever happens to the process and to its disk. */
@Timeout(300)
class KillTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int RATE = 600;

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    @TempDir
    private Path dir = Path.of("");

    private final List<Child> children = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Child child : children) {
            child.kill();
        }
    }

    private Child child(List<String> before, String url, int from) throws IOException {
        Child child = new Child(before, url, dir, from, RATE);
        children.add(child);
        return child;
    }

    @Test
    void process_killed_under_load_loses_nothing_that_was_promised() throws Exception {
        broker.start();
        List<String> promised = new ArrayList<>();
        try (Cable cable = new Cable(broker.port());
                TopicListener listener =
                        TopicListener.at(broker).hear("bellwire/+/event/#").hear("bellwire/+/late/#")) {
            for (int round = 0; round < 5; round++) {
                Child child = child(List.of(), cable.url(), round * 1_000_000);
                await("load").atMost(SOON).until(() -> child.lines("ok").size() > RATE / 2);
                breakSomething(cable, round);
                int before = child.lines("ok").size();
                await("promises go on")
                        .atMost(SOON)
                        .until(() -> child.lines("ok").size() > before + 2 * RATE);
                child.kill();
                promised.addAll(child.lines("ok"));
                cable.plug();
                cable.refuse(false);
            }
            assertAllArrive(cable.url(), listener, promised);
        }
    }

    /** Each time otherwise: nothing, a cut cable, a pulled one, a frozen broker. */
    private void breakSomething(Cable cable, int round) throws Exception {
        switch (round) {
            case 1, 4 -> {
                cable.refuse(true);
                cable.cut();
            }
            case 2 -> cable.cut();
            case 3 -> cable.pull();
            default -> assertThat(round).isZero();
        }
    }

    @Test
    void full_disk_is_answered_by_a_refusal_and_heals_by_itself() throws Exception {
        List<String> promised = new ArrayList<>();
        List<String> limit = List.of("prlimit", "--fsize=6000000:unlimited");
        Child child = child(limit, "tcp://127.0.0.1:1", 0);
        await("the disk is full").atMost(SOON).until(() -> !child.lines("no").isEmpty());
        assertThat(child.lines("no").get(0)).contains("the spool does not work", "events.mv");
        int before = child.lines("ok").size();
        assertThat(before).isGreaterThan(RATE);
        run("prlimit", "--pid", String.valueOf(child.pid()), "--fsize=unlimited:unlimited");
        await("it works again").atMost(SOON).until(() -> child.lines("ok").size() > before + RATE);
        child.kill();
        promised.addAll(child.lines("ok"));
        broker.start();
        try (TopicListener listener =
                TopicListener.at(broker).hear("bellwire/+/event/#").hear("bellwire/+/late/#")) {
            assertAllArrive(broker.url(), listener, promised);
        }
    }

    private void assertAllArrive(String url, TopicListener listener, List<String> promised) throws Exception {
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(500));
        MqttBus last = new MqttBus(Map.of("url", url, "dir", dir.toString()), quick, AnswerTimeouts.DEFAULT);
        last.open();
        try {
            await("drained")
                    .atMost(SOON)
                    .until(() ->
                            last.statistics().drained() > 0 && last.statistics().spooled() == 0);
        } finally {
            last.deactivate();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(missing(promised, listener)).isEmpty());
        long copies = listener.heard().size();
        long once = listener.heard().stream()
                .map(Heard::payload)
                .map(KillTest::id)
                .distinct()
                .count();
        System.out.printf(
                "kill: promised %d, of them missing %d; arrived %d, of them again %d%n",
                promised.size(), missing(promised, listener).size(), copies, copies - once);
        arrived(listener)
                .forEach((phone, numbers) -> assertThat(SampleEvents.firsts(numbers))
                        .as("the order of phone %s", phone)
                        .isSorted());
    }

    private static List<String> missing(List<String> promised, TopicListener listener) {
        List<String> arrived = arrived(listener).entrySet().stream()
                .flatMap(phone -> phone.getValue().stream().map(seq -> "ok " + phone.getKey() + " " + seq))
                .distinct()
                .toList();
        List<String> missing = new ArrayList<>(new LinkedHashSet<>(promised));
        missing.removeAll(new HashSet<>(arrived));
        return missing;
    }

    private static Map<String, List<Integer>> arrived(TopicListener listener) {
        Map<String, List<Integer>> all = new TreeMap<>();
        for (Heard heard : listener.heard()) {
            for (String level : List.of("event", "late")) {
                SampleEvents.arrived(List.of(heard), level)
                        .forEach((phone, numbers) -> all.computeIfAbsent(phone, p -> new ArrayList<>())
                                .addAll(numbers));
            }
        }
        return all;
    }

    private static String id(String payload) {
        int at = payload.indexOf("\"id\":\"") + 6;
        return payload.substring(at, payload.indexOf('"', at));
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
