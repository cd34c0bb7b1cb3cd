package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.port.Limit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a connection can end, in every state in which it can: nothing is left of it, and a neighbour is served meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientEndingsTest {

    private static final byte[] LARGE = new byte[100_000];

    private TestBroker broker;
    private BrokerServer.Census before;
    private long descriptors;
    private long threads;
    private int endings;

    enum State {
        BEFORE_CONNECT {
            @Override
            void reach(RawClient client, TestBroker broker) {
                // It is connected.
            }
        },
        WITHIN_CONNECT {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                client.send(Arrays.copyOf(PacketBytes.connect("x".repeat(2000)), 1000));
            }
        },
        AFTER_CONNACK {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client);
            }
        },
        WITHIN_PUBLISH {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(Arrays.copyOf(PacketBytes.publish("a", LARGE), 50_000));
            }
        },
        WITHIN_SUBSCRIBE {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(Arrays.copyOf(PacketBytes.subscribe("a/".repeat(100), 1), 50));
            }
        },
        QOS_1_IN_FLIGHT {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                inFlight(client, broker, 1);
            }
        },
        QOS_2_IN_FLIGHT {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                inFlight(client, broker, 2);
            }
        },
        QOS_2_RELEASED {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                inFlight(client, broker, 2);
                client.send(PacketBytes.bytes("50 02 00 01")).gets("62 02 00 01");
            }
        },
        QOS_2_RECEIVED {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(PacketBytes.publish("a", 2, 7, new byte[0])).gets("50 02 00 07");
            }
        },
        FULL_QUEUE {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(PacketBytes.subscribe("flood", 1)).gets("90 03 00 01 01");
                long dropped = broker.count(Limit.BROKER_QUEUE);
                while (broker.count(Limit.BROKER_QUEUE) == dropped) {
                    broker.neighbour()
                            .send(PacketBytes.publish("flood", 1, 1, LARGE))
                            .gets("40 02 00 01");
                }
            }
        },
        WITHIN_DISCONNECT {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(PacketBytes.bytes("E0"));
            }
        },
        AT_DISCONNECT {
            @Override
            void reach(RawClient client, TestBroker broker) throws Exception {
                login(client).send(PacketBytes.bytes("E0 00"));
            }
        };

        abstract void reach(RawClient client, TestBroker broker) throws Exception;

        /** With a will, which has to be forgotten, too, and a keep-alive of 60 s. */
        private static RawClient login(RawClient client) throws IOException {
            return client.send(PacketBytes.packet(0x10, "MQTT", new byte[] {4, 6}, 60, "client", "will/of/it", "gone"))
                    .gets("20 02 00 00");
        }

        private static void inFlight(RawClient client, TestBroker broker, int qos) throws Exception {
            login(client).send(PacketBytes.subscribe("a/#", qos)).gets("90 03 00 01 0" + qos);
            broker.neighbour()
                    .send(PacketBytes.publish("a/b", 1, 1, new byte[] {1}))
                    .gets("40 02 00 01");
            if (qos == 2) {
                broker.neighbour()
                        .send(PacketBytes.publish("a/b", 2, 1, new byte[] {1}))
                        .gets("50 02 00 01");
                broker.neighbour().send(PacketBytes.bytes("62 02 00 01")).gets("70 02 00 01");
                client.packet();
            }
            client.packet();
            if (qos == 2) {
                client.send(PacketBytes.bytes("40 02 00 01"));
            }
        }
    }

    enum Ending {
        FIN {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                client.close();
            }
        },
        RST {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                client.reset();
            }
        },
        HALF_CLOSED {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                client.halfClose();
                assertThat(client.isEnded()).isTrue();
                client.close();
            }
        },
        SILENCE {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                for (int i = 0; i < 12; i++) {
                    broker.pass(Duration.ofSeconds(10));
                }
                assertThat(client.isEnded()).isTrue();
                client.close();
            }
        },
        DRIP {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                try {
                    for (int i = 0; i < 24; i++) {
                        client.send(new byte[] {0x30});
                        broker.pass(Duration.ofSeconds(5));
                    }
                } catch (IOException e) {
                    // It has ended already.
                }
                assertThat(client.isEnded()).isTrue();
                client.close();
            }
        },
        NEVER_READING {
            @Override
            void end(RawClient client, TestBroker broker) throws Exception {
                byte[] pings = new byte[1 << 16];
                for (int i = 0; i < pings.length; i += 2) {
                    pings[i] = (byte) 0xC0;
                }
                try {
                    for (int i = 0; i < 12; i++) {
                        client.offer(pings);
                        broker.pass(Duration.ofSeconds(5));
                    }
                } catch (IOException e) {
                    // It has ended already.
                }
                SILENCE.end(client, broker);
            }
        };

        abstract void end(RawClient client, TestBroker broker) throws Exception;
    }

    static Stream<Arguments> all() {
        return Stream.of(State.values())
                .flatMap(state -> Stream.of(Ending.values()).map(ending -> Arguments.of(state, ending)));
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        broker = new TestBroker(directory, TestBroker.SMALL);
        before = broker.census();
        descriptors = descriptors();
        threads = threads();
    }

    @AfterAll
    void stop() throws Exception {
        System.out.printf(
                "figure: %d ways for a client of the embedded broker to end, left behind: %d descriptors, %d threads,"
                        + " %d keys, %d sessions, %d subscriptions, %d bytes%n",
                endings,
                descriptors() - descriptors,
                threads() - threads,
                broker.census().keys() - before.keys(),
                broker.census().away() - before.away(),
                broker.census().subscriptions() - before.subscriptions(),
                broker.census().bytes() - before.bytes());
        broker.close();
    }

    /** This process' sockets that have the broker's port at one end. */
    private long descriptors() throws IOException {
        String port = String.format(":%04X ", broker.port());
        Set<String> sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(ClientEndingsTest::lines)
                .filter(line -> line.contains(port))
                .map(line -> "socket:[" + line.strip().split(" +")[9] + "]")
                .collect(Collectors.toSet());
        long count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : open) {
                count += sockets.contains(target(each)) ? 1 : 0;
            }
        }
        return count;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bellwire"))
                .count();
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothing_is_left_of_a_client_however_it_ends(State state, Ending ending) throws Exception {
        try (RawClient client = broker.client()) {
            state.reach(client, broker);
            ending.end(client, broker);
        }
        endings++;
        broker.awaits(before::equals);
        await().untilAsserted(() -> assertThat(descriptors()).as("descriptors").isEqualTo(descriptors));
        assertThat(threads()).as("threads").isEqualTo(threads);
    }
}
