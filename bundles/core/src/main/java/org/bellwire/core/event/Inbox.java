package org.bellwire.core.event;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.bellwire.api.Mac;
import org.bellwire.api.Message;
import org.bellwire.api.SiteId;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.publish.Topics;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phones that sent a right token but are not configured: the last {@value #MAX}, of each further site {@value #MAX_OF_SITE}. Of these the topic holds the newest that fit in
 * {@value #MAX_BYTES} bytes: a broker that takes less closes the connection, again and again since it is retained.
 */
@Component(service = Inbox.class)
public final class Inbox implements PhoneWatcher {

    static final int MAX = 1000;
    /** Of each site beside the gateway's own, so that no tenant's phones drive out those of another. */
    static final int MAX_OF_SITE = 100;

    static final int MAX_BYTES = 32 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    /** Of a text that the phone sent. */
    private static final int MAX_TEXT = 64;

    private static final int PAUSE_S = 3600;

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters;

    /** Of each site who reported last at the end. */
    private final Map<SiteId, Map<String, Entry>> bySite = new TreeMap<>();

    private final PhoneRegistry registry;
    private final RetainedPublisher retained;
    private final Clock clock;
    private final LogThrottle tooMany;
    private final LogThrottle tooLong;

    /** @param peer as an address, since a phone's host may be a name */
    private record Entry(UnknownPhone phone, InetAddress peer) {

        /** By its MAC, or by its address where one of both sides tells no MAC: as the event desk finds it. */
        boolean isOne(Phone other, Set<InetAddress> addresses) {
            Optional<String> known = other.settings().mac().map(Mac::toString);
            boolean here = addresses.contains(peer);
            boolean both = phone.mac().isPresent() && known.isPresent();
            return phone.site().equals(other.site().id())
                    && phone.vendor().equals(other.binding().info().id())
                    && (both ? phone.mac().equals(known) : here);
        }

        String json() {
            return JsonText.object(this::write);
        }

        private void write(JsonWriter json) throws IOException {
            json.name("vendor").value(phone.vendor());
            JsonText.optional(json, "mac", phone.mac());
            json.name("address").value(phone.address());
            JsonText.optional(json, "model", phone.model());
            JsonText.optional(json, "firmware", phone.firmware());
            json.name("first_seen").value(JsonText.time(phone.firstSeen()));
            json.name("last_seen").value(JsonText.time(phone.lastSeen()));
            json.name("events").value(phone.events());
        }
    }

    @Activate
    public Inbox(@Reference PhoneRegistry registry, @Reference RetainedPublisher retained) {
        this(registry, retained, Clock.systemUTC(), System::nanoTime, Optional.empty());
    }

    public Inbox(
            PhoneRegistry registry,
            RetainedPublisher retained,
            Clock clock,
            LongSupplier nanos,
            Optional<Counters> counters) {
        this.counters = counters;
        this.registry = registry;
        this.retained = retained;
        this.clock = clock;
        tooMany = new LogThrottle(PAUSE_S, nanos);
        tooLong = new LogThrottle(PAUSE_S, nanos);
    }

    @Activate
    public void open() {
        retained.inbox(this::message);
        registry.watch(this);
    }

    @Deactivate
    public void stop() {
        registry.unwatch(this);
    }

    /** A phone that has a file now is no stranger any more. */
    @Override
    public void appeared(Phone phone) {
        Set<InetAddress> addresses = registry.index().addresses(phone);
        boolean fewer;
        synchronized (this) {
            fewer = strangers(phone.site().id()).values().removeIf(stranger -> stranger.isOne(phone, addresses));
        }
        if (fewer) {
            retained.inboxChanged(phone.site().id());
        }
    }

    @Override
    public void located(Phone phone) {
        appeared(phone);
    }

    @Override
    public void vanished(Phone phone) {
        // It comes here when it reports again.
    }

    /** All, who reported last at the end. */
    public synchronized List<UnknownPhone> all() {
        return bySite.values().stream()
                .flatMap(strangers -> strangers.values().stream())
                .map(Entry::phone)
                .toList();
    }

    private Map<String, Entry> strangers(SiteId site) {
        return bySite.computeIfAbsent(site, id -> new LinkedHashMap<>(16, 0.75f, true));
    }

    /** Notes an event of an unknown phone; tells how it stands here now. */
    UnknownPhone note(ActionUrl url, Variables variables) {
        Optional<String> mac = variables.get("mac").flatMap(Mac::parse).map(Mac::toString);
        InetAddress peer = url.peer();
        String key = url.vendor() + " " + mac.orElseGet(peer::getHostAddress);
        Instant now = clock.instant();
        UnknownPhone noted;
        synchronized (this) {
            Map<String, Entry> strangers = strangers(url.site());
            Optional<UnknownPhone> before =
                    Optional.ofNullable(strangers.get(key)).map(Entry::phone);
            noted = new UnknownPhone(
                    url.vendor(),
                    mac,
                    peer.getHostAddress(),
                    url.newcomer().proxy(),
                    text(variables, "model").or(() -> before.flatMap(UnknownPhone::model)),
                    text(variables, "firmware").or(() -> before.flatMap(UnknownPhone::firmware)),
                    before.map(UnknownPhone::firstSeen).orElse(now),
                    now,
                    before.map(UnknownPhone::events).orElse(0L) + 1,
                    url.site());
            strangers.put(key, new Entry(noted, peer));
            dropOldest(strangers, url.site());
        }
        retained.inboxChanged(url.site());
        return noted;
    }

    private static Optional<String> text(Variables variables, String name) {
        return variables
                .get(name)
                .map(t -> t.codePointCount(0, t.length()) <= MAX_TEXT
                        ? t
                        : t.substring(0, t.offsetByCodePoints(0, MAX_TEXT)));
    }

    private void dropOldest(Map<String, Entry> strangers, SiteId site) {
        int max = site.isOwn() ? MAX : MAX_OF_SITE;
        if (strangers.size() <= max) {
            return;
        }
        strangers.remove(strangers.keySet().iterator().next());
        counters.orElse(Counters.NONE).reached(Limit.INBOX_PHONES);
        tooMany.next()
                .ifPresent(left -> LOG.warn(
                        "the inbox has more than {} unknown phones, the oldest drop out ({} more since the last such line):"
                                + " adopt yours (phone:inbox), or find out who sends",
                        max,
                        left));
    }

    private synchronized Message message(Site site) {
        Topic topic = Topics.BRIDGE_INBOX.below(site.root());
        List<Entry> all = new ArrayList<>(strangers(site.id()).values());
        Deque<String> newest = new ArrayDeque<>();
        int bytes = 2;
        for (int i = all.size() - 1; i >= 0; i--) {
            String json = all.get(i).json();
            bytes += json.getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MAX_BYTES) {
                tellOfTheRest(topic, all.size(), newest.size());
                break;
            }
            newest.addFirst(json);
        }
        return Message.retained(topic, "[" + String.join(",", newest) + "]");
    }

    private void tellOfTheRest(Topic topic, int all, int told) {
        counters.orElse(Counters.NONE).reached(Limit.INBOX_SIZE);
        tooLong.next()
                .ifPresent(left -> LOG.warn(
                        "{} holds the newest {} of {} unknown phones, for it has at most {} KB: adopt those"
                                + " that are yours (phone:inbox)",
                        topic,
                        told,
                        all,
                        MAX_BYTES / 1024));
    }
}
