package org.bellwire.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.TriggerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trigger of a tenant: who fires it, whom it commands and who hears of it. */
class TenantTriggerTest {

    private static final SiteId ACME = new SiteId("acme");

    private final TriggerSite site = new TriggerSite();

    /** One, whose topics stand below {@code tenants/acme}. */
    private static final class OneSite implements Sites {

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Optional<Site> find(SiteId id) {
            Site acme = new Site(ACME, "tenants/acme", Optional.empty(), Optional.empty(), Optional.empty(), 10);
            return id.isOwn()
                    ? Optional.of(Site.OWN)
                    : Optional.of(acme).filter(known -> known.id().equals(id));
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
        public boolean mayAsk(SiteId id) {
            return true;
        }

        @Override
        public List<Status> all() {
            return List.of();
        }
    }

    @BeforeEach
    void one_trigger_of_a_tenant_and_one_of_the_house() {
        site.triggers.serve(new OneSite());
        site.file("door", "phones", "hall", "dial", "10", "site", "acme")
                .file("gate", "phones", "hall", "dial", "10")
                .file("lost", "topic", "lost/bell", "phones", "hall", "dial", "10", "site", "nobody");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Reply fire(String trigger, SiteId by) {
        Reply reply = site.triggers.receive(new TriggerRequest(
                trigger, false, Map.of(), InetAddress.getLoopbackAddress(), Optional.empty(), new Rate(10, 20), by));
        site.thread.run();
        return reply;
    }

    @Test
    void token_of_a_site_fires_the_triggers_of_that_site_only() {
        assertThat(fire("gate", ACME)).isEqualTo(Reply.NOT_FOUND);
        assertThat(fire("door", SiteId.OWN)).isEqualTo(Reply.NOT_FOUND);
        assertThat(fire("door", new SiteId("beta"))).isEqualTo(Reply.NOT_FOUND);
        assertThat(site.wholeOrders()).isEmpty();
        assertThat(fire("door", ACME)).isEqualTo(Reply.ACCEPTED);
        assertThat(site.wholeOrders())
                .containsExactly(new CommandOrder("hall", "dial", "10", new Origin.Trigger("door", "tenants/acme")));
    }

    @Test
    void result_stands_below_the_topic_of_the_site() {
        site.file("mute", "phones", "hall", "command", "dnd", "value", "ON", "site", "acme");
        fire("mute", ACME);
        assertThat(site.bus.topics()).containsExactly("tenants/acme/bridge/trigger/mute");
    }

    @Test
    void trigger_of_a_site_that_is_not_there_does_nothing() {
        site.says("lost/bell", "ring");
        assertThat(site.wholeOrders()).isEmpty();
        assertThat(site.bus.topics()).isEmpty();
    }
}
