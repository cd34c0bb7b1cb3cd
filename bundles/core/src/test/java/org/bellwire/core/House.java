package org.bellwire.core;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Result;
import org.bellwire.api.SiteId;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.port.ActionUrl.Newcomer;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.SentRequest;
import org.bellwire.api.port.Site;
import org.bellwire.core.command.AvailabilityProber;
import org.bellwire.core.command.CommandDesk;
import org.bellwire.core.event.AutoAdoption;
import org.bellwire.core.event.CallExpiry;
import org.bellwire.core.event.ContactLookup;
import org.bellwire.core.event.DirectIngest;
import org.bellwire.core.event.EventDesk;
import org.bellwire.core.event.Inbox;
import org.bellwire.core.event.PhoneAdoption;
import org.bellwire.core.event.ReportProcessor;
import org.bellwire.core.event.TokenFinder;
import org.bellwire.core.group.GroupRegistry;
import org.bellwire.core.persist.StatePersister;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneCfgEditor;
import org.bellwire.core.registry.PhoneFiles;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.SiteRegistry;
import org.bellwire.testkit.CountingCounters;
import org.bellwire.testkit.FakeBus;
import org.bellwire.testkit.ManualTime;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** All of core with a fake broker, fake phones and manual time. */
final class House implements AutoCloseable {

    static final String SITE_TOKEN = "site-token-of-this-house";
    static final Origin RULE = new Origin.Topic(Topic.of("lobby", "command", "dial"));

    final LogRecorder log = new LogRecorder();
    final ManualTime time = new ManualTime();
    final FakeBus bus = new FakeBus();
    final CountingCounters counters = new CountingCounters();
    final FakePhoneClient line = new FakePhoneClient();
    final Acme acme = Acme.of("acme", Acme.FULL);
    final Acme zenith = Acme.of("zenith", Acme.PLAIN);
    final PhoneRegistry registry;
    final RetainedPublisher retained;
    final Inbox inbox;
    final PhoneCfgEditor editor;
    final PhoneAdoption unknown;
    final AutoAdoption adoption;
    final Ownership ownership = Ownership.ofAll();
    final ReportProcessor reports;
    final EventDesk events;
    final CommandDesk commands;
    final AvailabilityProber prober;
    final TokenFinder tokens;
    final CallExpiry expiry;
    final ContactLookup contacts;
    final FakePhoneStates store;
    final StatePersister persister;
    final GroupRegistry groups;
    final SiteRegistry sites;
    /** What is told of requests to phones. */
    final List<SentRequest> requests = new ArrayList<>();

    private final PhoneListener heard = new PhoneListener() {
        @Override
        public void sent(SentRequest request) {
            requests.add(request);
        }
    };
    private Rate rate = new Rate(1_000_000, 1_000_000);
    private Newcomer newcomer = Newcomer.STRANGER;

    /** With both vendors installed; {@code expected} are files that there are at the start. */
    House(String... expected) {
        this(new FakePhoneStates(), expected);
    }

    /** With what an earlier house kept. */
    House(FakePhoneStates kept, String... expected) {
        this(kept, new PhoneFiles(admin(expected), Optional.empty()));
    }

    /** With a folder that somebody is to read. */
    House(PhoneFiles files) {
        this(new FakePhoneStates(), files);
    }

    /** Whose phones' files lie in a folder, which nobody reads. */
    static House in(Path folder) {
        return new House(new PhoneFiles(admin(), Optional.of(folder)));
    }

    private House(FakePhoneStates kept, PhoneFiles files) {
        store = kept;
        registry = new PhoneRegistry(files, ownership, time.timing().nanos());
        registry.addBinding(acme);
        registry.addBinding(zenith);
        sites = new SiteRegistry(registry, () -> "bellwire", time.timing().nanos());
        persister = new StatePersister(registry, store, time.timing());
        groups = new GroupRegistry(registry, bus, ownership, time.timing());
        retained = RetainedPublisher.with(registry, bus, time.timing(), ownership, groups, heard);
        tokens = new TokenFinder(registry);
        inbox = new Inbox(
                registry, retained, time.timing().clock(), time.timing().nanos(), Optional.of(counters));
        editor = new PhoneCfgEditor(files, List.of());
        unknown = new PhoneAdoption(inbox, registry, editor);
        adoption = new AutoAdoption(unknown, time.timing(), Optional.of(counters));
        reports = new ReportProcessor(
                registry, retained, bus, time.timing().clock(), time.timing().nanos());
        events = new EventDesk(
                registry,
                inbox,
                adoption,
                new DirectIngest(reports, bus),
                ownership,
                tokens,
                time.timing().clock(),
                time.timing().nanos());
        commands = new CommandDesk(registry, line, bus, retained, ownership, Map.of(), time.timing());
        commands.setGroups(groups);
        prober = new AvailabilityProber(registry, line, retained, ownership, time.timing());
        expiry = new CallExpiry(registry, retained, bus, ownership, time.timing());
        contacts = new ContactLookup(registry);
        open();
    }

    /** In the order of the constructor, as the references between components would have it. */
    private void open() {
        persister.open();
        groups.open();
        retained.open();
        tokens.open();
        inbox.open();
        commands.open();
        prober.open();
        expiry.open();
        contacts.open();
    }

    private static ConfigurationAdmin admin(String... pids) {
        Configuration[] all =
                Arrays.stream(pids).map(pid -> fake(Configuration.class, pid)).toArray(Configuration[]::new);
        return fake(ConfigurationAdmin.class, all);
    }

    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                House.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer));
    }

    /** Writes a phone's file; keys and values in turn. */
    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    House file(String id, String... keysAndValues) {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        registry.updated(pid(id), properties);
        return this;
    }

    /** Writes a group's file; keys and values in turn. */
    @SuppressWarnings("JdkObsolete") // as above
    House group(String id, String... keysAndValues) {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        groups.updated("org.bellwire.group~" + id, properties);
        return this;
    }

    /** Writes a site's file; keys and values in turn. */
    @SuppressWarnings("JdkObsolete") // as above
    House site(String id, String... keysAndValues) {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        sites.updated("org.bellwire.site~" + id, properties);
        return this;
    }

    House deleteSite(String id) {
        sites.deleted("org.bellwire.site~" + id);
        return this;
    }

    House delete(String id) {
        registry.deleted(pid(id));
        return this;
    }

    static String pid(String id) {
        return PhoneFiles.FACTORY_PID + "~" + id;
    }

    Phone phone(String id) {
        return registry.index().byId(id).orElseThrow();
    }

    String fault(String id) {
        return registry.find(id).orElseThrow().fault().orElse("");
    }

    /** How unknown phones are received from now on. */
    House receives(Newcomer now) {
        newcomer = now;
        return this;
    }

    House rate(Rate now) {
        rate = now;
        return this;
    }

    /** A GET with the site's token, from an address without a phone. */
    Reply get(String vendor, String pathAndQuery) {
        return get(vendor, SITE_TOKEN, pathAndQuery, "192.0.2.99");
    }

    Reply get(String vendor, String token, String pathAndQuery, String peer) {
        return receive(vendor, token, pathAndQuery, peer).toCompletableFuture().getNow(Reply.NOT_FOUND);
    }

    /** As {@link #get(String, String)}, for an answer that may take its time. */
    CompletableFuture<Reply> receive(String vendor, String pathAndQuery) {
        return receive(vendor, SITE_TOKEN, pathAndQuery, "192.0.2.99").toCompletableFuture();
    }

    CompletionStage<Reply> receive(String vendor, String token, String pathAndQuery, String peer) {
        URI uri = URI.create(pathAndQuery.replace(" ", "%20"));
        List<String> path = Arrays.stream(uri.getPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        Variables.Builder variables = new Variables.Builder();
        if (uri.getQuery() != null) {
            for (String pair : uri.getQuery().split("&")) {
                variables.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return receive(vendor, token, path, variables.build(), peer);
    }

    CompletionStage<Reply> receive(String vendor, String token, List<String> path, Variables variables, String peer) {
        Optional<SiteId> site = token.equals(SITE_TOKEN)
                ? Optional.of(SiteId.OWN)
                : registry.sites().ofToken(token).map(Site::id);
        return events.receive(new ActionUrl(
                vendor,
                token,
                site.isPresent(),
                path,
                variables,
                address(peer),
                rate,
                newcomer,
                site.orElse(SiteId.OWN),
                true));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A command from a rule. */
    CompletionStage<Result> send(String phone, String command, String payload) {
        return commands.carryOut(new CommandOrder(phone, command, payload, RULE));
    }

    /** Lets the retained say what it has to say. */
    House settle() {
        time.pass(Duration.ofSeconds(2));
        return this;
    }

    @Override
    public void close() {
        adoption.stop();
        contacts.stop();
        expiry.stop();
        prober.stop();
        commands.stop();
        inbox.stop();
        tokens.stop();
        retained.stop();
        groups.stop();
        persister.stop();
        log.close();
    }
}
