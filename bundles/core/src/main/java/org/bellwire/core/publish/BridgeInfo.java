package org.bellwire.core.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.Message;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Site;
import org.bellwire.api.runtime.BellwireVersion;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.registry.PhoneRegistry;

/** What {@code bridge/info} tells: version, this gateway and the others, vendors, the number of phones, since when. */
final class BridgeInfo {

    private static final String INSTANCE = System.getProperty("karaf.name", "root");

    private final PhoneRegistry registry;
    private final Instant started;
    private volatile Optional<Gateways> gateways = Optional.empty();

    BridgeInfo(PhoneRegistry registry, Instant started) {
        this.registry = registry;
        this.started = started;
    }

    /** Those that share the phones, or nothing for a gateway that is alone. */
    void gateways(Optional<Gateways> several) {
        gateways = several;
    }

    Message message(Site site) {
        int phones = registry.index().count(site.id());
        String info = JsonText.object(json -> {
            json.name("version").value(BellwireVersion.TEXT);
            json.name("instance").value(INSTANCE);
            JsonText.strings(json, "gateways", gateways.map(Gateways::all).orElse(List.of(INSTANCE)));
            JsonText.strings(
                    json,
                    "vendors",
                    registry.bindings().stream().map(b -> b.info().id()).toList());
            json.name("phones").value(phones);
            json.name("started").value(JsonText.time(started));
        });
        return Message.retained(Topics.BRIDGE_INFO.below(site.root()), info);
    }
}
