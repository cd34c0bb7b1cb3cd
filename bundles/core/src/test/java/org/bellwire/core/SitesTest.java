package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.SiteId;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Contacts;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tenants beside the gateway's own site: nothing of one reaches another. */
class SitesTest {

    private static final String ACME = "token-of-the-acme-company";
    private static final String BETA = "token-of-the-beta-company";
    private static final String PEER = "10.0.0.7";
    private static final String MAC = "00:1f:c1:1a:8b:6c";

    private final House house = new House();

    @BeforeEach
    void two_sites_with_phones_of_the_same_mac_and_address() {
        house.site("acme", "token", ACME).site("beta", "token", BETA, "topic", "tenants/beta", "max.phones", "2");
        house.file("lobby", "vendor", "acme", "mac", MAC, "host", PEER)
                .file("acme-1", "vendor", "acme", "mac", MAC, "host", PEER, "site", "acme")
                .file("beta-1", "vendor", "acme", "mac", MAC, "host", PEER, "site", "beta");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void token_of_a_site_leads_to_the_phone_of_that_site() {
        house.bus.forget();
        assertThat(house.get("acme", ACME, "/Incoming-Call?mac=" + MAC, "192.0.2.9"))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", BETA, "/Incoming-Call", PEER)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.bus.topics())
                .contains("acme/acme-1/event/call_incoming", "tenants/beta/beta-1/event/call_incoming")
                .allMatch(topic -> topic.startsWith("acme/acme-1/") || topic.startsWith("tenants/beta/beta-1/"));
    }

    @Test
    void phone_of_another_site_is_unknown_even_by_its_id() {
        assertThat(house.get("acme", BETA, "/Incoming-Call?phone=acme-1", "192.0.2.9"))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.get("acme", ACME, "/Incoming-Call?phone=lobby", "192.0.2.9"))
                .isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house.get("acme", House.SITE_TOKEN, "/Incoming-Call?phone=acme-1", "192.0.2.9"))
                .isEqualTo(Reply.UNKNOWN_PHONE);
    }

    @Test
    void unknown_phone_stands_in_the_inbox_of_its_site_only() {
        house.get("acme", BETA, "/Incoming-Call?mac=00:1f:c1:00:00:01&model=stranger", "192.0.2.9");
        house.settle();
        assertThat(house.bus.retained("tenants/beta/bridge/inbox"))
                .hasValueSatisfying(inbox -> assertThat(inbox).contains("stranger"));
        assertThat(house.bus.retained("bridge/inbox")).contains("[]");
        assertThat(house.bus.retained("acme/bridge/inbox").orElse("[]")).isEqualTo("[]");
        assertThat(house.unknown.all()).extracting(UnknownPhone::site).containsExactly(new SiteId("beta"));
    }

    @Test
    void bridge_info_of_a_site_counts_its_own_phones() {
        house.file("acme-2", "vendor", "acme", "site", "acme").settle();
        assertThat(house.bus.retained("acme/bridge/info"))
                .hasValueSatisfying(info -> assertThat(info).contains("\"phones\":2"));
        assertThat(house.bus.retained("tenants/beta/bridge/info"))
                .hasValueSatisfying(info -> assertThat(info).contains("\"phones\":1"));
        assertThat(house.bus.retained("bridge/info"))
                .hasValueSatisfying(info -> assertThat(info).contains("\"phones\":1"));
    }

    @Test
    void command_below_the_root_of_a_site_does_not_reach_a_phone_of_another() {
        house.bus.arrives("acme", "beta-1/command/dial", "42");
        house.bus.arrives("", "beta-1/command/dial", "42");
        house.bus.arrives("tenants/beta", "lobby/command/dial", "42");
        assertThat(house.line.sent()).isEmpty();
        assertThat(house.bus.payloads("acme/beta-1/result/dial").get(0))
                .contains("\"refused\"", "there is no phone 'beta-1'");
        assertThat(house.bus.topics()).noneMatch(topic -> topic.startsWith("tenants/beta/beta-1/result"));
    }

    @Test
    void command_below_the_root_of_its_site_reaches_a_phone_and_is_answered_there() {
        house.bus.arrives("tenants/beta", "beta-1/command/dial", "42");
        assertThat(house.line.sent()).hasSize(1);
        assertThat(house.bus.payloads("tenants/beta/beta-1/result/dial").get(0)).contains("accepted");
        assertThat(house.bus.topics()).noneMatch(topic -> topic.startsWith("beta-1/"));
    }

    @Test
    void shell_reaches_the_phones_of_all_sites() {
        Result result = house.commands
                .carryOut(new CommandOrder("beta-1", "dial", "42", Origin.Shell.SHELL))
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.ACCEPTED);
        assertThat(house.bus.payloads("tenants/beta/beta-1/result/dial")).hasSize(1);
    }

    @Test
    void refusal_tells_a_site_nothing_of_a_phone_whose_file_is_wrong() {
        house.file("wrong", "vendor", "acme", "site", "beta", "probe.s", "never");
        Origin acme = new Origin.Topic(Topic.of("wrong", "command", "dial").below("acme"));
        Result result = house.commands
                .carryOut(new CommandOrder("wrong", "dial", "42", acme))
                .toCompletableFuture()
                .join();
        assertThat(result.detail()).contains("there is no phone 'wrong'");
    }

    @Test
    void flood_of_one_site_costs_another_nothing() {
        house.site("acme", "token", ACME, "rate", "2/s, burst 3");
        List<Reply> flood = List.of(
                house.get("acme", ACME, "/Incoming-Call", PEER),
                house.get("acme", ACME, "/Incoming-Call", PEER),
                house.get("acme", ACME, "/Incoming-Call", PEER),
                house.get("acme", ACME, "/Incoming-Call", PEER));
        assertThat(flood).containsExactly(Reply.ACCEPTED, Reply.ACCEPTED, Reply.ACCEPTED, Reply.TOO_MANY);
        assertThat(house.get("acme", BETA, "/Incoming-Call", PEER)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", House.SITE_TOKEN, "/Incoming-Call", PEER)).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void own_token_of_a_phone_counts_for_the_rate_of_its_site() {
        String own = "token-of-one-single-phone";
        house.site("acme", "token", ACME, "rate", "1/s, burst 1");
        house.file("acme-1", "vendor", "acme", "site", "acme", "token", own);
        assertThat(house.get("acme", own, "/Incoming-Call", "192.0.2.9")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", own, "/Incoming-Call", "192.0.2.9")).isEqualTo(Reply.TOO_MANY);
    }

    @Test
    void own_token_of_a_phone_is_wrong_outside_the_networks_of_its_site() {
        String own = "token-of-one-single-phone";
        house.site("acme", "token", ACME, "networks", "10.9.0.0/16");
        house.file("acme-1", "vendor", "acme", "site", "acme", "token", own);
        assertThat(house.get("acme", own, "/Incoming-Call", "10.9.1.1")).isEqualTo(Reply.ACCEPTED);
        assertThat(house.get("acme", own, "/Incoming-Call", "10.8.1.1")).isEqualTo(Reply.NOT_FOUND);
    }

    @Test
    void phones_beyond_max_phones_of_a_site_wait() {
        house.file("beta-2", "vendor", "acme", "site", "beta").file("beta-3", "vendor", "acme", "site", "beta");
        assertThat(house.fault("beta-3")).contains("site: 'beta' has 2 phones already", "max.phones");
        house.delete("beta-2");
        assertThat(house.fault("beta-3")).isEmpty();
    }

    @Test
    void phone_of_a_site_without_a_file_says_so_and_works_once_there_is_one() {
        house.file("gamma-1", "vendor", "acme", "site", "gamma");
        assertThat(house.fault("gamma-1")).contains("site: there is no file org.bellwire.site-gamma.cfg");
        house.site("gamma", "token", "token-of-the-gamma-company");
        assertThat(house.fault("gamma-1")).isEmpty();
        assertThat(house.registry.find("gamma-1").map(PhoneStatus::site)).isEqualTo(Optional.of("gamma"));
    }

    @Test
    void phone_that_moves_to_another_site_takes_nothing_along() {
        house.get("acme", ACME, "/Incoming-Call", PEER);
        house.settle();
        assertThat(house.bus.retained("acme/acme-1/state/call")).contains("ringing");
        house.file("acme-1", "vendor", "acme", "mac", "00:1f:c1:00:00:02", "site", "beta")
                .settle();
        assertThat(house.bus.retained("acme/acme-1/state/call")).isEmpty();
        assertThat(house.bus.retained("acme/acme-1/info")).isEmpty();
        assertThat(house.bus.retained("tenants/beta/acme-1/info")).isPresent();
        assertThat(house.bus.retained("tenants/beta/acme-1/state/call")).isEmpty();
    }

    @Test
    void site_that_goes_leaves_nothing_retained() {
        house.get("acme", ACME, "/Incoming-Call", PEER);
        house.settle();
        house.deleteSite("acme").settle();
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("acme/"));
        assertThat(house.get("acme", ACME, "/Incoming-Call", PEER)).isEqualTo(Reply.NOT_FOUND);
        assertThat(house.fault("acme-1")).contains("site: there is no file");
    }

    @Test
    void site_with_another_root_says_all_of_it_there() {
        house.get("acme", ACME, "/Incoming-Call", PEER);
        house.site("acme", "token", ACME, "topic", "elsewhere").settle();
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("acme/"));
        assertThat(house.bus.retained("elsewhere/acme-1/state/call")).contains("ringing");
        house.bus.arrives("elsewhere", "acme-1/command/dial", "42");
        assertThat(house.bus.payloads("elsewhere/acme-1/result/dial")).hasSize(1);
    }

    @Test
    void wrong_file_of_a_site_takes_nothing_away() {
        house.site("acme", "token", "short");
        assertThat(house.get("acme", ACME, "/Incoming-Call", PEER)).isEqualTo(Reply.ACCEPTED);
        assertThat(house.sites.all().get(0).fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains("token", "22 to 128").doesNotContain("short"));
    }

    @Test
    void sites_cannot_have_the_same_token_or_topics_of_another() {
        house.site("twin", "token", ACME)
                .site("below", "token", "token-of-some-other-company", "topic", "acme/below")
                .site("house", "token", "token-of-yet-other-company", "topic", "bellwire/x");
        assertThat(house.sites.all())
                .filteredOn(site -> site.fault().isPresent())
                .extracting(site -> site.fault().orElseThrow())
                .satisfiesExactlyInAnyOrder(
                        twin -> assertThat(twin).startsWith("token: site 'acme' has the same"),
                        below -> assertThat(below).startsWith("topic: site 'acme'"),
                        own -> assertThat(own).startsWith("topic:").contains("org.bellwire.mqtt.cfg"));
        house.deleteSite("acme");
        assertThat(house.sites.all())
                .filteredOn(site -> site.id().equals("twin"))
                .allMatch(site -> site.fault().isEmpty());
    }

    @Test
    void what_is_kept_of_a_phone_is_not_known_at_another_site() {
        house.get("acme", ACME, "/Incoming-Call?remote=0711555", PEER);
        house.time.pass(Duration.ofMinutes(1));
        house.store.lastKept(ManualTime.START);
        try (House same = new House(house.store)) {
            same.site("acme", "token", ACME).file("acme-1", "vendor", "acme", "site", "acme");
            assertThat(same.phone("acme-1").callState()).contains(CallState.RINGING);
        }
        try (House other = new House(house.store)) {
            other.site("beta", "token", BETA).file("acme-1", "vendor", "acme", "site", "beta");
            assertThat(other.phone("acme-1").session().states()).isEmpty();
        }
    }

    @Test
    void token_of_a_site_is_cut_out_of_what_phones_of_another_send() {
        house.get("acme", BETA, "/Incoming-Call?remote=" + ACME + "&local=7", PEER);
        house.get("acme", House.SITE_TOKEN, "/Incoming-Call?remote=" + BETA + "&local=7", PEER);
        assertThat(house.bus.messages())
                .isNotEmpty()
                .noneMatch(message ->
                        message.payload().contains(ACME) || message.payload().contains(BETA));
    }

    @Test
    void rate_that_is_reached_says_so_once() {
        house.site("acme", "token", ACME, "rate", "1/s, burst 1");
        for (int i = 0; i < 5; i++) {
            house.get("acme", ACME, "/Incoming-Call", PEER);
        }
        assertThat(house.log.warnings())
                .filteredOn(line -> line.contains("rate in org.bellwire.site-acme.cfg"))
                .hasSize(1);
    }

    @Test
    void group_of_a_site_has_its_phones_and_topics() {
        house.group("all", "phones", "*", "site", "beta").settle();
        assertThat(house.bus.retained("tenants/beta/all/info"))
                .hasValueSatisfying(info -> assertThat(info).contains("beta-1").doesNotContain("acme-1", "lobby"));
        house.bus.arrives("acme", "all/command/dial", "42");
        house.bus.arrives("", "all/command/dial", "42");
        assertThat(house.line.sent()).isEmpty();
        house.bus.arrives("tenants/beta", "all/command/dial", "42");
        assertThat(house.line.sent()).hasSize(1);
        assertThat(house.bus.payloads("tenants/beta/all/result/dial")).hasSize(1);
        house.commands.carryOut(new CommandOrder("all", "dial", "43", Origin.Shell.SHELL));
        assertThat(house.bus.payloads("tenants/beta/all/result/dial")).hasSize(2);
    }

    @Test
    void group_goes_with_its_site_and_comes_back_with_it() {
        house.group("all", "phones", "*", "site", "beta").settle();
        house.deleteSite("beta").settle();
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("tenants/"));
        assertThat(house.groups.find("all").orElseThrow().fault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("site: there is no file"));
        house.site("beta", "token", BETA, "topic", "moved").settle();
        assertThat(house.bus.retained("moved/all/info")).isPresent();
    }

    @Test
    void group_has_no_phone_of_a_tenant() {
        house.group("all", "phones", "*").settle();
        house.bus.forget();
        house.get("acme", ACME, "/Incoming-Call", PEER);
        assertThat(house.groups.find("all").orElseThrow().members())
                .extracting(PhoneId::value)
                .containsExactly("lobby");
        assertThat(house.bus.topics()).noneMatch(topic -> topic.startsWith("all/"));
    }

    @Test
    void trigger_commands_no_phone_of_a_tenant() {
        Result result = house.commands
                .carryOut(new CommandOrder("beta-1", "dial", "42", new Origin.Trigger("door")))
                .toCompletableFuture()
                .join();
        assertThat(result.detail()).contains("there is no phone 'beta-1'");
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void contacts_tell_a_tenant_nothing() {
        house.contacts.use(number -> Optional.of(new Contacts.Contact("Secret Friend", List.of())));
        house.get("acme", ACME, "/Incoming-Call?remote=42", PEER);
        assertThat(house.bus.payloads("acme/acme-1/event/call_incoming").get(0))
                .contains("\"42\"")
                .doesNotContain("Secret Friend");
    }

    @Test
    void own_token_of_a_tenants_phone_fires_no_trigger() {
        house.file("acme-1", "vendor", "acme", "site", "acme", "token", "token-of-one-single-phone");
        assertThat(house.events.owner("token-of-one-single-phone")).isCompletedWithValue(Optional.empty());
    }

    @Test
    void phone_that_got_a_file_leaves_the_inbox_of_its_site_only() {
        house.get("acme", BETA, "/Incoming-Call?mac=00:1f:c1:00:00:01", "192.0.2.9");
        house.get("acme", House.SITE_TOKEN, "/Incoming-Call?mac=00:1f:c1:00:00:01", "192.0.2.9");
        house.file("beta-2", "vendor", "acme", "mac", "00:1f:c1:00:00:01", "site", "beta");
        assertThat(house.unknown.all()).extracting(UnknownPhone::site).containsExactly(SiteId.OWN);
    }
}
