package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellwire.mqtt.EndingBroker.Ending;
import org.bellwire.mqtt.EndingBroker.Moment;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a connection to the broker can end, at every moment of its life: Bellwire is well again by itself, every
 * promise is kept, and nothing is left behind.
 */
@Timeout(120)
class BrokerConnectionEndingsTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final AnswerTimeouts SHORT = new AnswerTimeouts(
            Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofMillis(1500));

    private static final Map<Ending, List<String>> FIGURES = new EnumMap<>(Ending.class);

    @TempDir
    private Path home = Path.of("");

    static Stream<Arguments> endings() {
        return Arrays.stream(Ending.values())
                .filter(ending -> ending != Ending.FORGETFUL)
                .flatMap(ending -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(ending, moment)));
    }

    /** Java opens a socket of its own for good with the first file channel. */
    @BeforeAll
    static void openJavasOwn(@TempDir Path dir) throws IOException {
        FileChannel.open(dir.resolve("any"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }

    @AfterAll
    static void tell() {
        System.out.println("figure: endings of the broker's connection; events lost, threads and descriptors left");
        FIGURES.forEach((ending, cells) -> System.out.println("figure: " + ending + " " + String.join(" | ", cells)));
    }

    private MqttBus bus(String url) {
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(200));
        Map<String, String> properties =
                Map.of("url", url, "dir", home.resolve("spool").toString(), "keep.alive.s", "1");
        MqttBus bus = new MqttBus(properties, quick, SHORT);
        bus.open();
        return bus;
    }

    static Stream<Arguments> forgotten() {
        return Stream.of(Moment.BEFORE_CONNACK, Moment.BEFORE_SUBACK, Moment.BEFORE_PUBACK)
                .map(moment -> Arguments.of(Ending.FORGETFUL, moment));
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void answer_that_never_comes_is_noticed_although_all_else_is_answered(Ending ending, Moment moment)
            throws Exception {
        connection_that_ends_is_made_anew_and_nothing_is_lost_or_left(ending, moment);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void connection_that_ends_is_made_anew_and_nothing_is_lost_or_left(Ending ending, Moment moment) throws Exception {
        long descriptors = descriptors();
        long arrived;
        try (EndingBroker broker = new EndingBroker(ending, moment)) {
            MqttBus bus = bus(broker.url());
            try {
                bus.subscribe(new RecordingSubscriber("+/command/+"));
                if (moment != Moment.BEFORE_CONNACK && moment != Moment.BEFORE_SUBACK) {
                    await().atMost(SOON).until(bus::isConnected);
                }
                List<CompletableFuture<Void>> promises = new ArrayList<>(deliver(bus, 0));
                if (moment == Moment.IDLE || moment == Moment.INSIDE_A_MESSAGE) {
                    await().atMost(SOON).until(() -> arrived(broker) == 20);
                    broker.endNow();
                }
                if (moment != Moment.FAREWELL) {
                    await().atMost(SOON).until(() -> broker.hasEnded() && broker.connections() > 1);
                }
                promises.addAll(deliver(bus, 20));
                CompletableFuture.allOf(promises.toArray(CompletableFuture[]::new))
                        .get(40, TimeUnit.SECONDS);
                await().atMost(SOON).until(() -> arrived(broker) == 40);
                await("nothing is under way or waits")
                        .atMost(SOON)
                        .until(() -> bus.statistics().spooled() == 0
                                && bus.statistics().queued() == 0);
            } finally {
                bus.deactivate();
            }
            await("the broker has read the farewell").atMost(SOON).until(broker::hasEnded);
            arrived = arrived(broker);
        }
        await("no thread is left")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        await("no descriptor is left")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
        String cell = "%s %d %d %d".formatted(moment, 40 - arrived, ownThreads().size(), descriptors() - descriptors);
        FIGURES.computeIfAbsent(ending, each -> new ArrayList<>()).add(cell);
    }

    private static List<CompletableFuture<Void>> deliver(MqttBus bus, int from) {
        return IntStream.range(from, from + 20)
                .mapToObj(i -> bus.deliver(SampleEvents.event("a", i)).toCompletableFuture())
                .toList();
    }

    /** Each counts once, on {@code event/} or {@code late/}. */
    private static long arrived(EndingBroker broker) {
        return broker.published().stream()
                .filter(text -> text.contains("/event/") || text.contains("/late/"))
                .map(text -> text.replaceAll(".*\"seq\":(\\d+).*", "$1"))
                .distinct()
                .count();
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("bellwire"))
                .toList();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(BrokerConnectionEndingsTest::isSocketOrSpool).count();
        }
    }

    private static boolean isSocketOrSpool(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.startsWith("socket:") || target.contains("events.mv");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
