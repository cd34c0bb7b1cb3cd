package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same phones at a gateway that is its own broker, beside MQTT clients that mean harm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class BrokerNeighboursIT {

    private static final byte[] LARGE = new byte[900_000];
    private static final int MESSAGES = 270;
    private static final String DEEP = "/".repeat(2_500);
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration LOGGED_IN = Duration.ofSeconds(20);
    private static final List<InetAddress> HERE = List.of(Loopback.LOCALHOST);

    private final Path folder = Scratch.folder("broker-neighbours");
    /** Never starts: its port is where Bellwire's own broker will be. */
    private final Mosquitto place = Mosquitto.absent(folder);

    private final int port = place.port();
    private final Distribution bellwire = Distribution.unpack(folder, place);
    private final Neighbourhood neighbourhood = new Neighbourhood(bellwire, place.url(), List.of(bellwire.caller()));

    @BeforeAll
    void starts() {
        Load.files(Neighbourhood.PHONES).forEach(bellwire::write);
        bellwire.set("org.bellwire.broker", "port", String.valueOf(port));
        bellwire.start();
    }

    @AfterAll
    void ends() {
        bellwire.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neighbours")
    void phones_are_served_beside(Neighbour neighbour) {
        neighbourhood.serveBeside(neighbour);
    }

    @Test
    void gateway_starts_again_with_what_was_retained() {
        retain().close();
        bellwire.kill();
        bellwire.start();

        neighbourhood.serveBeside(Neighbour.of("who was there before the start", () -> () -> {}));
    }

    Stream<Neighbour> neighbours() {
        return Stream.of(beforeConnect(), clients()).flatMap(List::stream);
    }

    private List<Neighbour> beforeConnect() {
        return List.of(
                Neighbour.of("nobody at the embedded broker", () -> () -> {}),
                Neighbour.of(
                        "300 who promise a login of 1 MB",
                        () -> closing(Crowd.deaf(port, new byte[] {0x10, -1, -1, 0x3F}, new byte[8_192])
                                .of(300, HERE, OFTEN))),
                Neighbour.of(
                        "300 who promise a login of 256 MB",
                        () -> closing(Crowd.deaf(port, RawMqtt.promise(0x10), new byte[8_192])
                                .of(300, HERE, OFTEN))),
                Neighbour.of(
                        "1,000 logins that drip",
                        () -> closing(Crowd.deaf(port, new byte[] {0x10}, new byte[] {0x20})
                                .of(1_000, HERE, Duration.ofSeconds(4)))),
                Neighbour.of(
                        "1,000 who never say a word",
                        () -> closing(
                                Crowd.deaf(port, new byte[0], new byte[] {0x10}).of(1_000, HERE, OFTEN))));
    }

    private List<Neighbour> clients() {
        return List.of(
                Neighbour.of("who asks for an answer and reads none", this::ping),
                Neighbour.of(
                        "a topic of 2,500 levels",
                        () -> hold(
                                RawMqtt.send(port, RawMqtt.connect("deep-1"), RawMqtt.subscribe(DEEP)),
                                RawMqtt.send(
                                        port, RawMqtt.connect("deep-2"), RawMqtt.publish(DEEP, new byte[1], false)),
                                RawMqtt.send(
                                        port, RawMqtt.connect("deep-3"), RawMqtt.publish(DEEP, new byte[1], true)))),
                Neighbour.of(
                        "a subscription of 800 kB",
                        () -> hold(RawMqtt.send(port, RawMqtt.connect("wide"), RawMqtt.subscribe(filters())))),
                Neighbour.of("a subscriber who never reads", this::unread),
                Neighbour.of("270 retained messages of 900 kB", this::retain),
                Neighbour.of(
                        "a client who promises 256 MB",
                        () -> hold(RawMqtt.send(
                                port,
                                RawMqtt.connect("promise"),
                                RawMqtt.promise(0x30, new byte[] {0, 1, 'a'}),
                                LARGE))));
    }

    private static String[] filters() {
        return IntStream.range(0, 80_000).mapToObj("%07d"::formatted).toArray(String[]::new);
    }

    private Neighbour.Misdeed ping() {
        byte[] pings = new byte[16_384];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) 0xC0;
        }
        Crowd crowd = Crowd.deaf(port, RawMqtt.connect(""), pings);
        return closing(crowd.of(20, HERE, Duration.ofMillis(100)));
    }

    /** As much as a session might be made to keep. */
    private Neighbour.Misdeed unread() {
        Socket deaf = RawMqtt.send(port, RawMqtt.connect("deaf"), RawMqtt.subscribe("noise/#"));
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        thread.execute(() -> close(publishing("noise", false)));
        return () -> {
            ends(thread);
            close(deaf);
        };
    }

    private Neighbour.Misdeed retain() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        thread.execute(() -> close(publishing("kept", true)));
        return () -> ends(thread);
    }

    private Socket publishing(String root, boolean retained) {
        Socket socket = RawMqtt.send(port, RawMqtt.connect("loud-" + root));
        for (int i = 0; i < MESSAGES; i++) {
            RawMqtt.send(socket, RawMqtt.publish(root + "/" + i, LARGE, retained));
        }
        return socket;
    }

    private static void ends(ScheduledExecutorService thread) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the broker takes too long to read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Neighbour.Misdeed hold(Socket... sockets) {
        List<Socket> all = new ArrayList<>(List.of(sockets));
        return () -> all.forEach(BrokerNeighboursIT::close);
    }

    /** While they last somebody else can log in, at the latest when who has not logged in yet must go. */
    private Neighbour.Misdeed closing(Crowd crowd) {
        return new Neighbour.Misdeed() {
            private boolean welcome;

            @Override
            public void close() {
                try (crowd) {
                    long end = System.nanoTime() + LOGGED_IN.toNanos();
                    Waits.atMost(LOGGED_IN.multipliedBy(2), "somebody can log in")
                            .until(() -> {
                                welcome = logsIn();
                                return welcome || System.nanoTime() > end;
                            });
                }
            }

            @Override
            public void judge(SoftAssertions promised, Balance balance) {
                promised.assertThat(welcome)
                        .as("somebody else could log in meanwhile")
                        .isTrue();
            }
        };
    }

    private boolean logsIn() {
        try {
            Ledger.at(place.url(), 1).close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
