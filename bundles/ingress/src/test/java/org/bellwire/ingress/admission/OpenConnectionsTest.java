package org.bellwire.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.port.Limit;
import org.bellwire.ingress.access.ForwardedAddress;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a place when there are few left: here 10, of one address 4, of a proxy 8, of strangers 2, 3 handshakes and 2 of one. */
class OpenConnectionsTest {

    private static final ConnectionLimits FEW = new ConnectionLimits(10, 4, 8, 2, 3, 2);

    private final List<Limit> reached = new ArrayList<>();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<InetAddress> unheard = new ArrayList<>();
    private final OpenConnections connections = new OpenConnections(FEW, new Networked(), Runnable::run);
    private long now;

    /** Phones are at 10.x.x.x, proxies at 11.x.x.x. */
    private final class Networked implements RequestHandler {
        @Override
        public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
            return CompletableFuture.completedFuture(HttpAnswer.of(200));
        }

        @Override
        public PeerKind originOf(InetAddress from) {
            return switch (from.getAddress()[0]) {
                case 10 -> PeerKind.PHONE;
                case 11 -> PeerKind.PROXY;
                default -> PeerKind.STRANGER;
            };
        }

        @Override
        public void unheard(InetAddress from) {
            unheard.add(from);
        }

        @Override
        public void reached(Limit limit, String who) {
            reached.add(limit);
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private Optional<ConnectionPermit> admit(String from, boolean encrypted) {
        try {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            Optional<ConnectionPermit> place = connections.admit(
                    this, channel, ForwardedAddress.parse(from).orElseThrow(), encrypted);
            place.ifPresent(some -> some.waits(++now));
            return place;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ConnectionPermit place(String from) {
        return admit(from, false).orElseThrow();
    }

    private static boolean isOpen(ConnectionPermit place) {
        return place.channel().isOpen();
    }

    @Test
    void address_that_has_all_its_places_loses_the_one_that_waits_longest() {
        ConnectionPermit first = place("10.0.0.1");
        ConnectionPermit second = place("10.0.0.1");
        first.serves();
        first.waits(++now);
        place("10.0.0.1");
        place("10.0.0.1");
        assertThat(reached).isEmpty();
        place("10.0.0.1");
        assertThat(isOpen(second)).isFalse();
        assertThat(isOpen(first)).as("it was served since").isTrue();
        assertThat(connections.size()).isEqualTo(4);
        assertThat(reached).containsExactly(Limit.INGRESS_CONNECTIONS_PER_ADDRESS);
        assertThat(second.serves()).as("its request comes too late").isFalse();
    }

    @Test
    void place_of_a_request_under_way_is_not_taken() {
        for (int i = 0; i < 4; i++) {
            place("10.0.0.1").serves();
        }
        assertThat(admit("10.0.0.1", false)).isEmpty();
        assertThat(admit("10.0.0.2", false)).as("another address").isPresent();
        assertThat(connections.isExhausted()).isFalse();
    }

    private Optional<ConnectionPermit> move(ConnectionPermit place, String to) {
        Optional<ConnectionPermit> moved =
                connections.move(place, ForwardedAddress.parse(to).orElseThrow());
        moved.ifPresent(some -> some.waits(++now));
        return moved;
    }

    @Test
    void connection_that_a_proxy_passes_on_counts_as_one_of_its_phone() {
        ConnectionPermit oldest = move(place("11.0.0.1"), "10.0.0.1").orElseThrow();
        for (int i = 0; i < 4; i++) {
            assertThat(move(place("11.0.0.1"), "10.0.0.1").orElseThrow().origin())
                    .isEqualTo(PeerKind.PHONE);
        }
        assertThat(isOpen(oldest)).as("the phone has four").isFalse();
        assertThat(connections.size()).isEqualTo(4);
        assertThat(reached).containsExactly(Limit.INGRESS_CONNECTIONS_PER_ADDRESS);
    }

    @Test
    void strangers_behind_a_proxy_have_no_more_places_than_others() {
        place("12.0.0.1");
        assertThat(move(place("11.0.0.1"), "12.0.0.2")).isPresent();
        assertThat(move(place("11.0.0.1"), "12.0.0.3")).isEmpty();
        assertThat(connections.size()).isEqualTo(2);
        assertThat(unheard).hasSize(1);
    }

    @Test
    void handshake_that_a_proxy_passes_on_counts_as_one_of_its_phone() {
        for (String phone : List.of("10.0.0.1", "10.0.0.1", "10.0.0.1")) {
            move(admit("11.0.0.1", true).orElseThrow(), phone);
        }
        assertThat(reached).containsExactly(Limit.INGRESS_HANDSHAKES);
        assertThat(connections.size()).isEqualTo(2);
    }

    @Test
    void nothing_is_left_of_a_connection_that_was_moved() {
        ConnectionPermit before = place("11.0.0.1");
        ConnectionPermit after = move(before, "10.0.0.1").orElseThrow();
        before.free();
        assertThat(connections.size()).isEqualTo(1);
        after.free();
        after.free();
        assertThat(connections.size()).isZero();
    }

    @Test
    void phone_gets_in_when_a_few_addresses_have_taken_all_places() {
        ConnectionPermit lone = place("10.0.0.9");
        List<ConnectionPermit> greedy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            greedy.add(place("10.0.0." + (1 + i % 3)));
        }
        assertThat(connections.size()).isEqualTo(10);
        ConnectionPermit phone = place("10.0.0.8");
        assertThat(isOpen(phone)).isTrue();
        assertThat(isOpen(lone)).as("it has one only").isTrue();
        assertThat(greedy.stream().filter(OpenConnectionsTest::isOpen)).hasSize(8);
        assertThat(reached).contains(Limit.INGRESS_CONNECTIONS);
    }

    @Test
    void proxy_may_have_more_and_does_not_lose_them_to_an_address_that_takes_all_it_may_have() {
        List<ConnectionPermit> proxied = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            proxied.add(place("11.0.0.1"));
        }
        for (int i = 0; i < 8; i++) {
            place("10.0.0.1");
        }
        place("10.0.0.2");
        assertThat(proxied).allMatch(OpenConnectionsTest::isOpen);
        assertThat(connections.size()).isEqualTo(10);
    }

    @Test
    void strangers_have_few_places_and_take_none_from_others() {
        ConnectionPermit phone = place("10.0.0.1");
        ConnectionPermit stranger = place("192.0.2.1");
        place("192.0.2.2");
        assertThat(admit("192.0.2.3", false)).isEmpty();
        assertThat(unheard).containsExactly(ForwardedAddress.parse("192.0.2.3").orElseThrow());
        assertThat(reached).containsExactly(Limit.INGRESS_STRANGERS);
        assertThat(isOpen(phone)).isTrue();
        stranger.free();
        assertThat(admit("192.0.2.3", false)).isPresent();
    }

    @Test
    void handshakes_are_few_at_once_and_the_oldest_ends() {
        ConnectionPermit first = admit("10.0.0.1", true).orElseThrow();
        ConnectionPermit done = admit("10.0.0.1", true).orElseThrow();
        done.handshaken();
        assertThat(admit("10.0.0.1", true)).isPresent();
        assertThat(reached).isEmpty();
        assertThat(admit("10.0.0.1", true)).isPresent();
        assertThat(isOpen(first)).isFalse();
        assertThat(isOpen(done)).isTrue();
        assertThat(admit("10.0.0.2", true)).isPresent();
        ConnectionPermit lone = admit("10.0.0.3", true).orElseThrow();
        assertThat(isOpen(lone)).isTrue();
        assertThat(reached).containsExactly(Limit.INGRESS_HANDSHAKES, Limit.INGRESS_HANDSHAKES);
        assertThat(connections.size()).isEqualTo(4);
    }

    @Test
    void nobody_gets_in_while_all_places_wait_for_core_and_this_is_said() {
        List<ConnectionPermit> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ConnectionPermit place = place("10.0.1." + i);
            place.serves();
            all.add(place);
        }
        assertThat(connections.isExhausted()).isFalse();
        assertThat(admit("10.0.0.2", false)).isEmpty();
        assertThat(connections.isExhausted()).isTrue();
        all.get(0).free();
        assertThat(connections.isExhausted()).isFalse();
        assertThat(admit("10.0.0.2", false)).isPresent();
    }

    @Test
    void place_is_given_back_once_however_often_that_is_said() {
        ConnectionPermit place = admit("10.0.0.1", true).orElseThrow();
        place.free();
        place.free();
        place.handshaken();
        connections.leave(place.channel());
        assertThat(connections.size()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(admit("10.0.0." + i, true)).isPresent();
        }
        assertThat(reached).isEmpty();
    }

    @Test
    void channel_that_nobody_came_to_is_closed_when_its_port_ends() {
        ConnectionPermit own = place("10.0.0.1");
        connections.end(new Object());
        assertThat(isOpen(own)).isTrue();
        connections.end(this);
        assertThat(isOpen(own)).isFalse();
        assertThat(connections.size()).isZero();
    }
}
