package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.Report;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Phone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group of two phones, on a gateway of a cluster that may own the group, either phone, or nothing. */
class GroupsInClusterTest {

    private static final PhoneId OURS = new PhoneId("ours");
    private static final PhoneId THEIRS = new PhoneId("theirs");
    private static final PhoneId GROUP = new PhoneId("floor");

    /** What this gateway owns. */
    private static final class Owned implements Ingest {
        private final Set<PhoneId> ids = new HashSet<>();

        @Override
        public CompletionStage<Void> take(Report report) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean owns(PhoneId phone) {
            return ids.contains(phone);
        }

        @Override
        public boolean ownsFirst() {
            return false;
        }
    }

    private record Several() implements Gateways {
        @Override
        public String own() {
            return "gateway-1";
        }

        @Override
        public List<String> all() {
            return List.of("gateway-1", "gateway-2");
        }

        @Override
        public Optional<String> ownerOf(PhoneId phone) {
            return Optional.empty();
        }

        @Override
        public boolean tellsForAll() {
            return false;
        }
    }

    /** What the other gateways publish. */
    private static final class Others implements RemotePhones {
        private final List<PhoneListener> watchers = new ArrayList<>();
        private final Map<PhoneId, State> kept = new HashMap<>();
        private CompletableFuture<Void> heard = CompletableFuture.completedFuture(null);
        private int watched;
        private int asked;

        @Override
        public CompletionStage<Result> send(CommandOrder order) {
            return new CompletableFuture<>();
        }

        @Override
        public Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
            throw new AssertionError("only triggers ask for a few phones");
        }

        @Override
        public Bus.Subscription watch(PhoneListener listener) {
            watched++;
            asked++;
            watchers.add(listener);
            return () -> watchers.remove(listener);
        }

        @Override
        public CompletionStage<Void> heard() {
            asked++;
            return heard;
        }

        @Override
        public Optional<State> find(PhoneId phone) {
            asked++;
            return Optional.ofNullable(kept.get(phone));
        }

        void keeps(String call, String number) {
            kept.put(THEIRS, new State(true, Map.of(Property.CALL, call, Property.PEER_NUMBER, number)));
        }

        /** Keeps it, and tells. */
        void tells(String call, String number) {
            keeps(call, number);
            watchers.forEach(each -> each.states(THEIRS, Map.of(Property.CALL, call, Property.PEER_NUMBER, number)));
        }
    }

    private final House house = new House();
    private final Owned owned = new Owned();
    private final Gateways gateways = new Several();
    private final Others others = new Others();

    @AfterEach
    void leave() {
        house.close();
    }

    private void joins(PhoneId... ids) {
        house.file("ours", "vendor", "acme").file("theirs", "vendor", "acme");
        owned.ids.addAll(List.of(ids));
        house.ownership.setCluster(owned);
        house.ownership.setRemote(others);
        house.ownership.setGateways(gateways);
        house.group("floor", "phones", "ours, theirs").settle();
    }

    /** The partitions are divided anew. */
    private void owns(PhoneId... ids) {
        owned.ids.clear();
        owned.ids.addAll(List.of(ids));
        house.ownership.updatedGateways(gateways);
        house.settle();
    }

    private void rings(String phone, String number) {
        reports(phone, "Incoming Call", number);
    }

    private void hangsUp(String phone, String number) {
        reports(phone, "Terminated", number);
    }

    private void reports(String phone, String event, String number) {
        Phone one = house.phone(phone);
        one.session().inOrder(() -> house.retained.states(one, takesIn(one, event, number)));
    }

    /** What is known of the phone changes, and nobody is told. */
    private Map<Property, String> takesIn(Phone phone, String event, String number) {
        Variables.Builder variables = new Variables.Builder();
        variables.add("call_id", "1");
        variables.add("remote", number);
        Moment now = new Moment(house.time.timing().clock().instant(), house.time.nanos());
        return phone.session()
                .takeIn(phone.binding().events(), event, variables.build(), now)
                .changes();
    }

    private String state(String property) {
        return house.bus.retained("floor/state/" + property).orElse("absent");
    }

    private List<String> ofGroup() {
        return house.bus.topics().stream()
                .filter(topic -> topic.startsWith("floor/"))
                .toList();
    }

    @Test
    void phone_of_another_gateway_that_rings_has_its_group_ring() {
        joins(GROUP, OURS);
        others.tells("ringing", "42");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "42");
        others.tells("idle", "");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("idle", "absent");
    }

    @Test
    void group_begins_with_what_the_broker_keeps_of_other_gateways_phones() {
        others.keeps("ringing", "42");
        joins(GROUP, OURS);
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "42");
        assertThat(house.bus.retained("floor/availability")).contains("online");
        assertThat(house.bus.retained("floor/info").orElseThrow()).contains("[\"ours\",\"theirs\"]");
    }

    @Test
    void strongest_is_found_among_the_phones_of_all_gateways() {
        joins(GROUP, OURS);
        others.tells("connected", "100");
        assertThat(state("peer_number")).isEqualTo("100");
        rings("ours", "200");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "200");
        hangsUp("ours", "200");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("connected", "100");
    }

    @Test
    void nothing_is_published_of_a_group_before_its_other_members_are_known() {
        others.heard = new CompletableFuture<>();
        others.keeps("ringing", "42");
        joins(GROUP, OURS);
        rings("ours", "7");
        assertThat(ofGroup()).noneMatch(topic -> !topic.equals("floor/info"));
        others.heard.complete(null);
        house.settle();
        assertThat(state("call")).isEqualTo("ringing");
        assertThat(house.bus.payloads("floor/state/call")).containsExactly("ringing");
    }

    @Test
    void group_goes_on_with_what_comes_when_it_cannot_be_known_what_the_broker_keeps() {
        others.heard = CompletableFuture.failedFuture(new Bus.Undelivered("no rights"));
        joins(GROUP, OURS);
        others.tells("ringing", "42");
        assertThat(state("call")).isEqualTo("ringing");
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("no rights"));
    }

    @Test
    void gateway_that_does_not_own_a_group_publishes_and_clears_nothing_of_it() {
        joins(OURS);
        rings("ours", "7");
        house.bus.disconnect();
        house.bus.connect();
        house.settle();
        house.groups.deleted("org.bellwire.group~floor");
        house.settle();
        assertThat(ofGroup()).isEmpty();
        assertThat(others.watched).isZero();
    }

    @Test
    void gateway_that_gets_a_group_says_all_of_it_once() {
        joins(OURS);
        others.keeps("ringing", "42");
        owns(GROUP, OURS);
        assertThat(house.bus.payloads("floor/state/call")).containsExactly("ringing");
        assertThat(house.bus.payloads("floor/state/peer_name"))
                .as("what the owner before may have said and is not so")
                .containsExactly("");
        assertThat(ofGroup())
                .doesNotHaveDuplicates()
                .hasSize(10)
                .contains("floor/info", "floor/availability", "floor/state/off_hook");
    }

    @Test
    void gateway_that_loses_a_group_says_no_more_of_it() {
        joins(GROUP, OURS);
        house.bus.forget();
        owned.ids.remove(GROUP);
        others.tells("ringing", "42");
        house.ownership.updatedGateways(gateways);
        house.settle();
        rings("ours", "7");
        house.bus.disconnect();
        house.bus.connect();
        house.settle();
        assertThat(ofGroup()).isEmpty();
        assertThat(others.watchers).isEmpty();
    }

    @Test
    void group_that_comes_back_is_said_as_it_is_then() {
        joins(GROUP, OURS);
        owns(OURS);
        others.keeps("ringing", "42");
        rings("ours", "7");
        house.bus.forgetRetained();
        owns(GROUP, OURS);
        assertThat(state("call")).isEqualTo("ringing");
        others.tells("idle", "");
        hangsUp("ours", "7");
        assertThat(state("call")).isEqualTo("idle");
    }

    @Test
    void group_that_was_gone_unnoticed_is_said_again() {
        joins(GROUP, OURS);
        owned.ids.remove(GROUP);
        others.tells("ringing", "42");
        owned.ids.add(GROUP);
        house.settle();
        assertThat(state("call")).isEqualTo("ringing");
    }

    @Test
    void member_that_comes_here_in_a_call_is_as_this_gateway_knows_it() {
        joins(GROUP, OURS);
        others.tells("ringing", "42");
        takesIn(house.phone("theirs"), "Incoming Call", "42");
        owns(GROUP, OURS, THEIRS);
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "42");
        others.tells("connected", "99");
        assertThat(state("call")).as("is not heard any more").isEqualTo("ringing");
        hangsUp("theirs", "42");
        assertThat(state("call")).isEqualTo("idle");
        assertThat(others.watchers).isEmpty();
    }

    @Test
    void member_that_leaves_in_a_call_stays_as_it_was_until_its_new_gateway_tells_more() {
        joins(GROUP, OURS, THEIRS);
        rings("theirs", "42");
        others.keeps("ringing", "42");
        house.bus.forget();
        owns(GROUP, OURS);
        assertThat(house.bus.topics()).noneMatch(topic -> topic.equals("floor/state/call"));
        others.tells("idle", "");
        assertThat(state("call")).isEqualTo("idle");
    }

    @Test
    void member_that_leaves_is_not_as_it_was_before_it_came() {
        house.file("third", "vendor", "acme");
        joins(GROUP, OURS);
        house.group("floor", "phones", "ours, theirs, third").settle();
        others.tells("ringing", "42");
        owns(GROUP, OURS, THEIRS);
        rings("theirs", "43");
        hangsUp("theirs", "43");
        owns(GROUP, OURS);
        assertThat(house.bus.payloads("floor/state/call")).endsWith("ringing", "idle");
        others.tells("ringing", "44");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "44");
    }

    /** Its events come before anybody says that it has another owner. */
    @Test
    void news_of_a_member_that_changes_its_owner_are_not_lost() {
        joins(GROUP, OURS);
        owned.ids.add(THEIRS);
        rings("theirs", "42");
        assertThat(state("call")).isEqualTo("ringing");
        owned.ids.remove(THEIRS);
        others.tells("idle", "");
        assertThat(state("call")).isEqualTo("idle");
    }

    @Test
    void what_a_gateway_has_published_itself_is_no_news_of_others() {
        joins(GROUP, OURS, THEIRS);
        house.group("floor", "phones", "ours, theirs, third")
                .file("third", "vendor", "acme")
                .settle();
        rings("theirs", "42");
        others.tells("idle", "");
        assertThat(state("call")).isEqualTo("ringing");
    }

    @Test
    void after_a_reconnect_members_are_as_the_broker_keeps_them() {
        joins(GROUP, OURS);
        others.tells("ringing", "42");
        house.bus.disconnect();
        others.keeps("idle", "");
        house.bus.connect();
        house.settle();
        assertThat(state("call")).isEqualTo("idle");
        assertThat(others.watchers).hasSize(1);
    }

    @Test
    void all_is_said_again_when_another_gateway_may_have_said_something_older() {
        joins(GROUP, OURS);
        house.bus.forgetRetained();
        takesIn(house.phone("ours"), "Incoming Call", "7");
        house.reports.republish();
        house.settle();
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("ringing", "7");
        assertThat(house.bus.retained()).containsKeys("floor/info", "floor/availability");
    }

    @Test
    void edit_of_the_file_takes_phones_of_other_gateways() {
        joins(GROUP, OURS);
        house.group("floor", "phones", "ours").settle();
        assertThat(others.watchers).isEmpty();
        others.keeps("ringing", "42");
        house.group("floor", "phones", "theirs").settle();
        assertThat(state("call")).isEqualTo("ringing");
        assertThat(others.watchers).hasSize(1);
    }

    @Test
    void nobody_listens_any_more_when_the_last_group_goes() {
        joins(GROUP, OURS);
        assertThat(others.watchers).hasSize(1);
        house.groups.deleted("org.bellwire.group~floor");
        house.settle();
        assertThat(others.watchers).isEmpty();
        assertThat(house.bus.retained().keySet())
                .as("its owner clears it")
                .noneMatch(topic -> topic.startsWith("floor/"));
    }

    @Test
    void nobody_listens_where_there_is_no_group() {
        joins(GROUP, OURS);
        house.groups.deleted("org.bellwire.group~floor");
        house.settle();
        others.asked = 0;
        owns(OURS);
        owns(GROUP, OURS);
        assertThat(others.asked).isZero();
    }

    @Test
    void nobody_listens_any_more_at_the_end() {
        joins(GROUP, OURS);
        house.groups.stop();
        assertThat(others.watchers).isEmpty();
    }

    @Test
    void nothing_is_published_while_the_cluster_is_not_there() {
        joins(GROUP, OURS);
        house.ownership.unsetCluster(owned);
        house.settle();
        house.bus.forget();
        rings("ours", "7");
        house.group("floor", "name", "other", "phones", "ours, theirs").settle();
        assertThat(ofGroup()).isEmpty();
        house.ownership.setCluster(owned);
        house.settle();
        assertThat(state("call")).isEqualTo("ringing");
    }

    @Test
    void cluster_that_comes_anew_is_listened_to_anew() {
        joins(GROUP, OURS);
        house.ownership.unsetRemote(others);
        house.settle();
        assertThat(others.watchers).isEmpty();
        house.ownership.setRemote(others);
        house.settle();
        others.tells("ringing", "42");
        assertThat(state("call")).isEqualTo("ringing");
    }

    @Test
    void cluster_that_takes_the_place_of_another_is_listened_to() {
        joins(GROUP, OURS);
        Others second = new Others();
        second.keeps("ringing", "42");
        house.ownership.unsetRemote(others);
        house.ownership.setRemote(second);
        house.settle();
        assertThat(others.watchers).isEmpty();
        assertThat(second.watchers).hasSize(1);
        assertThat(state("call")).isEqualTo("ringing");
    }

    @Test
    void site_that_comes_is_listened_to() {
        joins(GROUP, OURS);
        house.site("annex", "topic", "annex", "token", "token-of-the-annex-1234")
                .settle();
        assertThat(others.watched).isEqualTo(2);
        assertThat(others.watchers).hasSize(1);
    }

    @Test
    void gateway_that_is_alone_never_asks_for_others() {
        house.ownership.setRemote(others);
        house.file("ours", "vendor", "acme").file("theirs", "vendor", "acme");
        house.group("floor", "phones", "ours, theirs").settle();
        house.ownership.updatedGateways(gateways);
        house.bus.disconnect();
        house.bus.connect();
        house.settle();
        rings("ours", "7");
        assertThat(state("call")).isEqualTo("ringing");
        assertThat(others.asked).isZero();
    }
}
