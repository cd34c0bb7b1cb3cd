package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two tenants on one gateway, from one address and with phones that have the same MAC: nothing of one reaches another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SitesIT {

    private static final String ACME = "token-of-the-acme-company";
    private static final String BETA = "token-of-the-beta-company";
    private static final String MAC = "001fc1000777";
    private static final String RING = "/IncomingCall?call_id=c1&remote=sip:0711555@10.0.0.9&mac=" + MAC;
    private static final String END = "/Terminated?call_id=c1&mac=" + MAC;

    private final Site site = Site.prepared("sites");
    private final RecordingPhone acmePhone = RecordingPhone.http();
    private final RecordingPhone betaPhone = RecordingPhone.http();
    private Listener all = site.listener();

    @BeforeAll
    void start() {
        site.bellwire().write("org.bellwire.site-acme.cfg", "token = " + ACME + "\nrate = 1/min, burst 20\n");
        site.bellwire().write("org.bellwire.site-beta.cfg", "token = " + BETA + "\ntopic = tenants/beta\n");
        site.bellwire().write(phone("acme-lobby").with("site", "acme").at(acmePhone));
        site.bellwire().write(phone("beta-lobby").with("site", "beta").at(betaPhone));
        site.bellwire().write(phone("lobby"));
        site.start();
        all = all.hearsAlso("acme/#").hearsAlso("tenants/#");
        all.first("acme/acme-lobby/info");
        all.first("tenants/beta/beta-lobby/info");
        all.first("bellwire/lobby/info");
    }

    private static PhoneFile phone(String id) {
        return PhoneFile.of(id, "htek").with("mac", MAC).with("user", "admin").with("password", "wontTell");
    }

    @AfterAll
    void stop() {
        all.close();
        acmePhone.close();
        betaPhone.close();
        site.close();
    }

    @Test
    void tenants_have_their_own_phones_topics_rates_and_secrets() {
        each_report_goes_to_the_phone_of_its_site();
        command_of_one_tenant_reaches_no_phone_of_another();
        wrong_token_and_unknown_phone_are_answered_as_ever();
        flood_of_one_tenant_costs_another_no_answer();
        no_token_and_no_number_stands_where_it_does_not_belong();
    }

    private void each_report_goes_to_the_phone_of_its_site() {
        assertThat(as(BETA).reports("htek", RING)).isEqualTo(200);
        assertThat(all.first("tenants/beta/beta-lobby/event/call_incoming").text("phone"))
                .isEqualTo("beta-lobby");
        all.hears("tenants/beta/beta-lobby/state/peer_number", "0711555");
        assertThat(as(BETA).reports("htek", END)).isEqualTo(200);
    }

    private void command_of_one_tenant_reaches_no_phone_of_another() {
        all.publish("acme/beta-lobby/command/dial", "42");
        assertThat(all.first("acme/beta-lobby/result/dial").text("detail")).isEqualTo("there is no phone 'beta-lobby'");
        all.command("acme-lobby", "dial", "42");
        assertThat(all.first("bellwire/acme-lobby/result/dial").status()).isEqualTo("refused");
        assertThat(betaPhone.requests()).isEmpty();
        assertThat(acmePhone.requests()).isEmpty();
        all.publish("tenants/beta/beta-lobby/command/dial", "42");
        assertThat(all.first("tenants/beta/beta-lobby/result/dial").status()).isEqualTo("accepted");
        assertThat(betaPhone.requests()).hasSize(1);
    }

    private void wrong_token_and_unknown_phone_are_answered_as_ever() {
        assertThat(as("token-of-nobody-anywhere").reports("htek", RING)).isEqualTo(404);
        assertThat(as(ACME).reports("htek", "/IncomingCall?phone=beta-lobby")).isEqualTo(202);
        all.hears("tenants/beta/bridge/inbox", "[]");
        assertThat(as(ACME).reports("trigger", "/any")).isEqualTo(404);
    }

    private void flood_of_one_tenant_costs_another_no_answer() {
        assertThat(IntStream.range(0, 40).map(i -> as(ACME).reports("htek", "/Offhook?mac=" + MAC)))
                .contains(429);
        assertThat(as(BETA).reports("htek", "/Offhook?mac=" + MAC)).isEqualTo(200);
        assertThat(site.caller().reports("htek", "/Offhook?mac=" + MAC)).isEqualTo(200);
    }

    private void no_token_and_no_number_stands_where_it_does_not_belong() {
        assertThat(site.bellwire().log()).doesNotContain(ACME, BETA);
        assertThat(all.everything())
                .allSatisfy(message -> assertThat(message.payload()).doesNotContain(ACME, BETA))
                .filteredOn(message -> !message.topic().startsWith("tenants/beta/"))
                .noneMatch(message -> message.payload().contains("0711555"));
        assertThat(all.everything())
                .filteredOn(message -> message.topic().startsWith("bellwire/"))
                .extracting(ReceivedMessage::topic)
                .noneMatch(topic -> topic.matches("bellwire/(acme|beta)-lobby/(event|state|info|availability).*"));
        String infos = site.bellwire().bellwire("phone:urls", "lobby").output();
        assertThat(infos).doesNotContain(ACME, BETA);
    }

    private ActionUrlClient as(String token) {
        return site.caller().withToken(token);
    }
}
