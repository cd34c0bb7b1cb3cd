package org.bellwire.core;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.Message;
import org.bellwire.api.Variables;
import org.bellwire.api.port.ActionUrl;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Phones that sent a right token but are not configured: the last {@value #MAX}. */
@Component(service = Inbox.class)
public final class Inbox implements PhoneDirectory.Watcher {

    private static final int MAX = 1000;

    private final Map<String, Stranger> strangers = new LinkedHashMap<>(16, 0.75f, true);
    private final PhoneDirectory directory;
    private final Announcer announcer;
    private final Clock clock;

    private record Stranger(
            String vendor,
            Optional<String> mac,
            String address,
            Optional<String> model,
            Optional<String> firmware,
            Instant firstSeen,
            Instant lastSeen,
            long events) {

        /** By its MAC, or by its address where one of both sides tells no MAC: as the event desk finds it. */
        boolean isOne(Phone phone) {
            Optional<String> known = phone.settings().mac().map(Mac::toString);
            boolean here = phone.settings().host().filter(address::equals).isPresent();
            boolean both = mac.isPresent() && known.isPresent();
            return vendor.equals(phone.binding().info().id()) && (both ? mac.equals(known) : here);
        }

        void write(JsonWriter json) throws IOException {
            json.beginObject();
            json.name("vendor").value(vendor);
            Json.optional(json, "mac", mac);
            json.name("address").value(address);
            Json.optional(json, "model", model);
            Json.optional(json, "firmware", firmware);
            json.name("first_seen").value(Json.time(firstSeen));
            json.name("last_seen").value(Json.time(lastSeen));
            json.name("events").value(events);
            json.endObject();
        }
    }

    @Activate
    public Inbox(@Reference PhoneDirectory directory, @Reference Announcer announcer) {
        this(directory, announcer, Clock.systemUTC());
    }

    Inbox(PhoneDirectory directory, Announcer announcer, Clock clock) {
        this.directory = directory;
        this.announcer = announcer;
        this.clock = clock;
        announcer.inbox(this::message);
        directory.watch(this);
    }

    @Deactivate
    void stop() {
        directory.unwatch(this);
    }

    /** A phone that has a file now is no stranger any more. */
    @Override
    public void appeared(Phone phone) {
        boolean fewer;
        synchronized (this) {
            fewer = strangers.values().removeIf(stranger -> stranger.isOne(phone));
        }
        if (fewer) {
            announcer.inboxChanged();
        }
    }

    @Override
    public void vanished(Phone phone) {
        // It comes here when it reports again.
    }

    /** Notes an event of an unknown phone. */
    void note(ActionUrl url, Variables variables) {
        Optional<String> mac = variables.get("mac").flatMap(Mac::parse).map(Mac::toString);
        String address = url.peer().getHostAddress();
        Instant now = clock.instant();
        synchronized (this) {
            Stranger before = strangers.get(url.vendor() + " " + mac.orElse(address));
            strangers.put(
                    url.vendor() + " " + mac.orElse(address),
                    new Stranger(
                            url.vendor(),
                            mac,
                            address,
                            variables.get("model").or(() -> before == null ? Optional.empty() : before.model()),
                            variables.get("firmware").or(() -> before == null ? Optional.empty() : before.firmware()),
                            before == null ? now : before.firstSeen(),
                            now,
                            before == null ? 1 : before.events() + 1));
            if (strangers.size() > MAX) {
                strangers.remove(strangers.keySet().iterator().next());
            }
        }
        announcer.inboxChanged();
    }

    private synchronized Message message() {
        String json = Json.array(array -> {
            for (Stranger stranger : strangers.values()) {
                stranger.write(array);
            }
        });
        return Message.retained(Topics.BRIDGE_INBOX, json);
    }
}
