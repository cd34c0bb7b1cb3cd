package org.bellwire.itests.random;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.bellwire.api.Message;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.event.AutoAdoption;
import org.bellwire.core.event.DirectIngest;
import org.bellwire.core.event.EventDesk;
import org.bellwire.core.event.Inbox;
import org.bellwire.core.event.PhoneAdoption;
import org.bellwire.core.event.ReportProcessor;
import org.bellwire.core.event.TokenFinder;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneCfgEditor;
import org.bellwire.core.registry.PhoneFiles;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.cm.ConfigurationAdmin;

/** Core with one phone of each vendor, a broker that looks at everything, and time that passes when told. */
public final class FuzzHouse implements AutoCloseable {

    private final FuzzBus bus = new FuzzBus();
    private final List<Runnable> periodic = new ArrayList<>();
    private final FuzzClock clock = new FuzzClock();
    private final PhoneRegistry registry;
    private final RetainedPublisher retained;
    private final Inbox inbox;
    private final EventDesk events;

    public FuzzHouse() {
        PhoneFiles files = new PhoneFiles(fake(ConfigurationAdmin.class));
        Timing timing = new Timing(clock, clock::nanos, fake(ScheduledExecutorService.class));
        registry = new PhoneRegistry(files, Ownership.ofAll(), clock::nanos);
        retained = RetainedPublisher.with(registry, bus, timing);
        inbox = new Inbox(registry, retained, clock, clock::nanos, Optional.empty());
        TokenFinder tokens = new TokenFinder(registry);
        PhoneCfgEditor editor = new PhoneCfgEditor(files, List.of());
        AutoAdoption adoption = new AutoAdoption(new PhoneAdoption(inbox, registry, editor), timing, Optional.empty());
        DirectIngest direct = new DirectIngest(new ReportProcessor(registry, retained, bus, clock, clock::nanos), bus);
        events = new EventDesk(registry, inbox, adoption, direct, Ownership.ofAll(), tokens, clock, clock::nanos);
        retained.open();
        tokens.open();
        inbox.open();
    }

    /** Answers nothing; keeps what is to be done again and again. */
    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                FuzzHouse.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("scheduleWithFixedDelay")) {
                        periodic.add((Runnable) arguments[0]);
                    } else if (method.getName().equals("execute")) {
                        ((Runnable) arguments[0]).run();
                    }
                    return method.getReturnType() == List.class ? List.of() : null;
                }));
    }

    /** Adds a vendor and a phone of it, named as the vendor. */
    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    public void add(PhoneBinding binding, String... keysAndValues) {
        String id = binding.info().id();
        registry.addBinding(binding);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("vendor", id);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        registry.updated(PhoneFiles.FACTORY_PID + "~" + id, properties);
        bus.expect(id, binding);
    }

    /** From now on this must not stand in what an event tells of its request. */
    public void keepSecret(String text) {
        bus.keepSecret(text);
    }

    /** Hears what is published from now on, as the broker takes it. */
    void listen(Consumer<Message> listener) {
        bus.listen(listener);
    }

    public ActionUrls events() {
        return events;
    }

    /** The broker is there, or away. */
    public void connect(boolean now) {
        bus.setConnected(now);
    }

    /** Time passes. */
    public void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** What core does now and then is done now. */
    public void settle() {
        periodic.forEach(Runnable::run);
    }

    /** What was published since the last call, by kinds. */
    public Set<String> published() {
        return bus.kinds();
    }

    @Override
    public void close() {
        inbox.stop();
        retained.stop();
    }

    private static final class FuzzClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        long nanos() {
            return Duration.between(Instant.EPOCH, now).toNanos();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
