package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Networks;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.TriggerRequest;
import org.junit.jupiter.api.Test;

/** Who may report where there are tenants: by the token, from the networks and as often as its site says. */
final class SiteAccessTest {

    private static final String ACME = "token-of-the-acme-company";
    private static final String BETA = "token-of-the-beta-company";

    /** Acme's phones are elsewhere, and beta's where all are. */
    private static final Sites TENANTS = new Tenants(List.of(
            site("acme", ACME, Optional.of(Networks.of(List.of("127.0.0.9")))), site("beta", BETA, Optional.empty())));

    private static Site site(String id, String token, Optional<Networks> networks) {
        return new Site(new SiteId(id), id, Optional.of(new Secret(token)), networks, Optional.empty(), 10);
    }

    private record Tenants(List<Site> those) implements Sites {

        private Optional<Site> one(Predicate<Site> which) {
            return those.stream().filter(which).findFirst();
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Optional<Site> find(SiteId id) {
            return one(site -> site.id().equals(id));
        }

        @Override
        public Optional<Site> ofToken(String token) {
            return one(site -> site.token().equals(Optional.of(new Secret(token))));
        }

        @Override
        public boolean allows(InetAddress peer) {
            return one(site -> site.allows(peer, false)).isPresent();
        }

        @Override
        public boolean mayAsk(SiteId site) {
            return true;
        }

        @Override
        public List<Status> all() {
            return List.of();
        }
    }

    private static IngressFixture listening(String... keys) {
        IngressFixture fixture = IngressFixture.with(keys);
        fixture.ingress().serve(TENANTS);
        return fixture;
    }

    @Test
    void token_tells_core_whose_phone_it_is() throws IOException {
        try (IngressFixture site = listening()) {
            assertThat(site.get("/action/htek/" + BETA + "/x")).isEqualTo(200);
            assertThat(site.urls().last().site()).isEqualTo(new SiteId("beta"));
            assertThat(site.get("/action/htek/" + IngressFixture.TOKEN + "/x")).isEqualTo(200);
            assertThat(site.urls().last().site()).isEqualTo(SiteId.OWN);
            assertThat(site.get("/action/htek/wrongwrongwrongwrongwrong/x")).isEqualTo(404);
        }
    }

    @Test
    void token_is_wrong_outside_the_networks_of_its_site() throws IOException {
        try (IngressFixture site = listening("networks", "127.0.0.1")) {
            assertThat(from(site, "127.0.0.1", ACME)).isEqualTo(404);
            assertThat(from(site, "127.0.0.9", ACME)).isEqualTo(200);
            assertThat(from(site, "127.0.0.9", BETA)).isEqualTo(404);
            assertThat(from(site, "127.0.0.9", IngressFixture.TOKEN)).isEqualTo(404);
            assertThat(from(site, "127.0.0.8", BETA)).isEqualTo(404);
        }
    }

    @Test
    void flood_with_the_token_of_one_site_costs_another_at_the_same_address_nothing() throws IOException {
        try (IngressFixture site = listening("networks", "127.0.0.0/8", "rate.address", "1/min, burst 2")) {
            assertThat(from(site, "127.0.0.9", ACME)).isEqualTo(200);
            assertThat(from(site, "127.0.0.9", ACME)).isEqualTo(200);
            assertThat(from(site, "127.0.0.9", ACME)).isEqualTo(429);
            assertThat(from(site, "127.0.0.9", BETA)).isEqualTo(200);
            assertThat(from(site, "127.0.0.9", IngressFixture.TOKEN)).isEqualTo(200);
        }
    }

    @Test
    void trigger_is_told_with_whose_token_it_was_asked_for() throws IOException {
        try (IngressFixture site = listening()) {
            assertThat(site.get("/action/trigger/" + BETA + "/door")).isEqualTo(200);
            assertThat(site.get("/action/trigger/" + IngressFixture.TOKEN + "/door"))
                    .isEqualTo(200);
            assertThat(site.triggers().received())
                    .extracting(TriggerRequest::site)
                    .containsExactly(new SiteId("beta"), SiteId.OWN);
        }
    }

    @Test
    void urls_of_a_site_hold_its_token() {
        try (IngressFixture site = listening()) {
            assertThat(site.ingress().token(new SiteId("beta"))).contains(new Secret(BETA));
            assertThat(site.ingress().token(SiteId.OWN)).contains(new Secret(IngressFixture.TOKEN));
            assertThat(site.ingress().token(new SiteId("gamma"))).isEmpty();
        }
    }

    private static int from(IngressFixture site, String address, String token) throws IOException {
        try (var line = site.lineFrom(address)) {
            return line.send("GET /action/htek/" + token + "/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .status();
        }
    }
}
