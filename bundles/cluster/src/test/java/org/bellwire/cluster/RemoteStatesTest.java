package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.junit.jupiter.api.Test;

class RemoteStatesTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");
    /** Of the phones that have a file. */
    private static final Map<String, String> ROOTS = Map.of("lobby", "house", "tenant", "acme");

    private final List<BuildingTopics.Listener> listeners = new ArrayList<>();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final List<String> heard = new ArrayList<>();
    private volatile long now;

    private final BuildingTopics broker = new BuildingTopics() {
        @Override
        public String root() {
            return "house";
        }

        @Override
        public CompletionStage<Void> publish(String topic, String payload, boolean retained) {
            throw new AssertionError("only listens");
        }

        @Override
        public Bus.Subscription listen(Listener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    };

    private final RemoteStates states = states(Sites.NONE);

    private RemoteStates states(Sites sites) {
        return new RemoteStates(
                broker,
                () -> sites,
                phone -> Optional.ofNullable(ROOTS.get(phone.value())),
                partitions,
                Clock.systemUTC(),
                () -> now);
    }

    private final PhoneListener news = new PhoneListener() {
        @Override
        public void availability(PhoneId phone, boolean online) {
            heard.add(phone + " " + online);
        }

        @Override
        public void states(PhoneId phone, Map<Property, String> changes) {
            heard.add(phone + " " + changes);
        }

        @Override
        public void event(PhoneEvent event) {
            heard.add(event.message().phone() + " " + event.message().type());
        }
    };

    private void grant() {
        List.copyOf(listeners).forEach(BuildingTopics.Listener::connected);
    }

    private void arrives(String topic, String payload, boolean retained) {
        String[] levels = topic.split("/");
        BuildingTopics.Listener to = listeners.stream()
                .filter(each -> each.filter().equals(levels[0] + "/+/" + levels[2] + (levels.length == 3 ? "" : "/+")))
                .findFirst()
                .orElseThrow();
        to.arrived(new BuildingTopics.Arrival(topic, payload, retained, false));
    }

    @Test
    void what_the_broker_keeps_is_known_and_only_what_happens_is_news() {
        states.watch(news);
        grant();
        arrives("house/lobby/availability", "online", true);
        arrives("house/lobby/state/call", "ringing", true);
        arrives("house/lobby/state/peer_name", "Anna", true);
        assertThat(states.find(LOBBY))
                .contains(new RemotePhones.State(true, Map.of(Property.CALL, "ringing", Property.PEER_NAME, "Anna")));
        assertThat(heard).isEmpty();
        arrives("house/lobby/state/call", "connected", false);
        arrives("house/lobby/availability", "offline", false);
        arrives("house/lobby/event/call_connected", "{\"late\":false}", false);
        assertThat(heard).containsExactly("lobby {CALL=connected}", "lobby false", "lobby call_connected");
        assertThat(states.find(LOBBY).orElseThrow().states()).containsEntry(Property.CALL, "connected");
    }

    @Test
    void nobody_listens_while_nobody_watches() {
        assertThat(listeners).isEmpty();
        Bus.Subscription one = states.watch(news);
        Bus.Subscription another = states.watch(news);
        assertThat(listeners)
                .extracting(BuildingTopics.Listener::filter)
                .containsExactly("house/+/availability", "house/+/state/+", "house/+/event/+");
        arrives("house/lobby/availability", "online", true);
        one.close();
        assertThat(listeners).hasSize(3);
        another.close();
        assertThat(listeners).isEmpty();
        assertThat(states.find(LOBBY)).isEmpty();
    }

    @Test
    void all_is_heard_when_the_broker_has_granted_all_and_is_quiet() throws Exception {
        states.watch(news);
        CompletableFuture<Void> done = states.heard().toCompletableFuture();
        assertThat(done).isNotDone();
        grant();
        assertThat(states.heard().toCompletableFuture()).isNotDone();
        now = TimeUnit.MILLISECONDS.toNanos(200);
        done.get(5, TimeUnit.SECONDS);
        assertThat(states.heard().toCompletableFuture()).isDone();
        arrives("house/lobby/availability", "online", true);
        assertThat(states.heard().toCompletableFuture()).isNotDone();
    }

    @Test
    void what_anybody_may_publish_there_does_no_harm() {
        states.watch(news);
        arrives("house/bridge/availability", "online", false);
        arrives("house/lobby/state/colour", "red", false);
        arrives("house/lobby/state/call", "x".repeat(100_000), false);
        arrives("house/lobby/event/call_connected", "no json \"late\":false", false);
        arrives("house/lobby/event/call_connected", "{}", false);
        arrives("house/lobby/event/something", "{\"late\":false}", false);
        arrives("house/lobby/event/call_connected", "{\"late\":false}", true);
        assertThat(heard).isEmpty();
        assertThat(states.find(LOBBY)).isEmpty();
    }

    @Test
    void own_phones_are_left_out() {
        partitions.count(24);
        PartitionProgress own = new PartitionProgress(Partitions.of("lobby", 24));
        own.becomesReady();
        partitions.add(own);
        states.watch(news);
        arrives("house/lobby/availability", "online", false);
        assertThat(states.find(LOBBY)).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void phone_that_came_to_this_gateway_is_not_known_as_another_ones_any_more() {
        states.watch(news);
        arrives("house/lobby/state/call", "ringing", false);
        partitions.count(24);
        PartitionProgress own = new PartitionProgress(Partitions.of("lobby", 24));
        own.becomesReady();
        partitions.add(own);
        arrives("house/lobby/state/call", "idle", false);
        partitions.clear();
        assertThat(states.find(LOBBY)).isEmpty();
    }

    @Test
    void what_was_known_before_a_lost_connection_does_not_stay() throws Exception {
        states.watch(news);
        grant();
        arrives("house/lobby/state/call", "ringing", true);
        listeners.forEach(BuildingTopics.Listener::disconnected);
        now = TimeUnit.SECONDS.toNanos(1);
        assertThat(states.find(LOBBY)).isEmpty();
        assertThat(states.heard().toCompletableFuture())
                .as("not yet granted again")
                .isNotDone();
        grant();
        now = TimeUnit.SECONDS.toNanos(2);
        states.heard().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void phone_without_a_file_is_none() {
        states.watch(news);
        arrives("house/nobody/availability", "online", false);
        assertThat(states.find(new PhoneId("nobody"))).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void nobody_speaks_of_a_phone_below_the_root_of_another_site() {
        RemoteStates both = states(new SitesOf("acme"));
        both.watch(news);
        assertThat(listeners).extracting(BuildingTopics.Listener::filter).contains("acme/+/state/+", "house/+/state/+");
        arrives("acme/lobby/state/call", "ringing", false);
        arrives("acme/lobby/event/call_incoming", "{\"late\":false}", false);
        arrives("house/tenant/availability", "online", false);
        assertThat(heard).isEmpty();
        assertThat(both.find(LOBBY)).isEmpty();
        arrives("acme/tenant/availability", "online", false);
        assertThat(heard).containsExactly("tenant true");
        assertThat(both.find(new PhoneId("tenant"))).isPresent();
    }

    /** As the broker brings it to one whole filter. */
    private void arrivesBy(String filter, String topic, String payload) {
        listeners.stream()
                .filter(each -> each.filter().equals(filter))
                .findFirst()
                .orElseThrow()
                .arrived(new BuildingTopics.Arrival(topic, payload, false, false));
    }

    private List<String> filters() {
        return listeners.stream().map(BuildingTopics.Listener::filter).toList();
    }

    @Test
    void whoever_wants_to_hear_of_a_few_phones_listens_to_no_others() {
        Bus.Subscription few = states.watch(Set.of(LOBBY, new PhoneId("nobody")), news);
        assertThat(filters()).containsExactly("house/lobby/availability", "house/lobby/state/+", "house/lobby/event/+");
        arrivesBy("house/lobby/state/+", "house/lobby/state/call", "connected");
        assertThat(heard).containsExactly("lobby {CALL=connected}");
        assertThat(states.find(LOBBY)).isPresent();
        few.close();
        assertThat(filters()).isEmpty();
        assertThat(states.find(LOBBY)).isEmpty();
    }

    @Test
    void phone_of_two_watchers_is_listened_to_once_and_until_the_last_one_leaves() {
        Bus.Subscription one = states.watch(Set.of(LOBBY), news);
        Bus.Subscription other = states.watch(Set.of(LOBBY), news);
        assertThat(filters()).hasSize(3);
        one.close();
        arrivesBy("house/lobby/event/+", "house/lobby/event/call_ended", "{\"late\":false}");
        assertThat(heard).containsExactly("lobby call_ended");
        other.close();
        assertThat(filters()).isEmpty();
    }

    @Test
    void nobody_hears_twice_where_somebody_listens_to_all() {
        Bus.Subscription few = states.watch(Set.of(LOBBY), news);
        Bus.Subscription all = states.watch(new PhoneListener() {});
        assertThat(filters()).containsExactly("house/+/availability", "house/+/state/+", "house/+/event/+");
        arrives("house/lobby/event/call_ended", "{\"late\":false}", false);
        arrives("house/tenant/state/call", "idle", false);
        assertThat(heard).containsExactly("lobby call_ended");
        all.close();
        assertThat(filters()).contains("house/lobby/event/+").hasSize(3);
        few.close();
        assertThat(filters()).isEmpty();
    }

    @Test
    void event_tells_of_its_call() {
        List<CallInfo> calls = new ArrayList<>();
        states.watch(Set.of(LOBBY), new PhoneListener() {
            @Override
            public void event(PhoneEvent event) {
                calls.add(event.call());
            }
        });
        String call = "{\"id\":\"TC@1\",\"direction\":\"outbound\",\"number\":\"10\",\"contact\":{\"name\":\"A\"}}";
        arrivesBy("house/lobby/event/+", "house/lobby/event/call_connected", "{\"late\":false,\"call\":" + call + "}");
        arrivesBy("house/lobby/event/+", "house/lobby/event/hook_off", "{\"late\":false,\"call\":7}");
        assertThat(calls)
                .containsExactly(
                        new CallInfo(
                                Optional.of("TC@1"),
                                Optional.empty(),
                                Optional.of(Direction.OUTBOUND),
                                Optional.of("10"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        CallInfo.NONE);
    }

    /** Some whose files are right, and one whose is not. */
    private record SitesOf(String root) implements Sites {
        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Optional<Site> find(SiteId id) {
            return Optional.empty();
        }

        @Override
        public Optional<Site> ofToken(String token) {
            return Optional.empty();
        }

        @Override
        public boolean allows(InetAddress peer) {
            return false;
        }

        @Override
        public boolean mayAsk(SiteId site) {
            return true;
        }

        @Override
        public List<Status> all() {
            return List.of(
                    new Status("one", root, 0, Optional.empty()), new Status("two", "", 0, Optional.of("no token")));
        }
    }
}
