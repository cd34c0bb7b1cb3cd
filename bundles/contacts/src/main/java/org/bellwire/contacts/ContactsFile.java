package org.bellwire.contacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.Contacts;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.runtime.DaemonThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contacts of the file that {@code org.bellwire.contacts.cfg} names; looks at the file each {@value #PERIOD_S} s. */
@Component(service = Contacts.class, immediate = true, configurationPid = "org.bellwire.contacts")
public final class ContactsFile implements Contacts {

    private static final Logger LOG = LoggerFactory.getLogger(ContactsFile.class);
    private static final int PERIOD_S = 1;
    /** A file has to be away so often in a row: editors save in more than one step. */
    private static final int AWAY = 3;

    private static final int MAX_TOLD = 20;
    private static final Object NOTHING = "nothing";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bellwire-contacts"));
    private final LastGoodSettings<ContactsSettings> settings =
            new LastGoodSettings<>(ContactsSettings.of(Map.of()), ContactsSettings::of, LOG::warn);
    private volatile ContactsIndex index = ContactsIndex.EMPTY;
    private Object seen = NOTHING;
    private int away;

    @Activate
    public ContactsFile(Map<String, ?> properties) {
        configure(properties);
    }

    /** For tests: who counts. */
    void counters(Counters who) {
        counters = Optional.of(who);
    }

    @Activate
    public void open() {
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_S, TimeUnit.SECONDS);
    }

    @Modified
    public void configure(Map<String, ?> properties) {
        settings.read(properties, "contacts stay as they were");
    }

    @Deactivate
    public void stop() {
        thread.shutdownNow();
    }

    @Override
    public Optional<Contact> find(String number) {
        return index.find(number);
    }

    private void look() {
        try {
            ContactsSettings now = settings.now();
            Object stamp = stamp(now);
            if (stamp.equals(NOTHING) && !seen.equals(NOTHING) && ++away < AWAY) {
                return;
            }
            away = 0;
            if (!stamp.equals(seen)) {
                seen = stamp;
                read(now, stamp);
            }
        } catch (RuntimeException e) {
            LOG.error("reading the contacts failed, and goes on when their file changes", e);
        }
    }

    private void read(ContactsSettings now, Object stamp) {
        Path file = now.file();
        if (stamp.equals(NOTHING)) {
            index = ContactsIndex.EMPTY;
            LOG.info("{}: is not there: nobody is known by number", file);
            return;
        }
        AtomicInteger wrong = new AtomicInteger();
        try {
            Optional<ContactsIndex> fresh = ContactsReader.read(
                    file,
                    now.form(),
                    (line, why) -> {
                        if (wrong.incrementAndGet() <= MAX_TOLD) {
                            LOG.warn("{}: line {}: {}; the line is left out", file, line, why);
                        }
                    },
                    limit -> {
                        counters.orElse(Counters.NONE).reached(Limit.CONTACTS);
                        LOG.warn("{}: {}", file, limit);
                    });
            if (fresh.isEmpty()) {
                return;
            }
            index = fresh.get();
        } catch (IOException e) {
            LOG.warn("{}: {}: contacts stay as they were", file, reason(e));
            return;
        }
        if (wrong.get() > MAX_TOLD) {
            LOG.warn("{}: {} more lines are wrong", file, wrong.get() - MAX_TOLD);
        }
        LOG.info("{}: {} contacts", file, index.size());
    }

    private static String reason(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }

    /** Changes with the file and with what is set. */
    private static Object stamp(ContactsSettings now) {
        try {
            BasicFileAttributes file = Files.readAttributes(now.file(), BasicFileAttributes.class);
            return now + " " + file.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + file.size() + " "
                    + file.fileKey();
        } catch (IOException e) {
            return NOTHING;
        }
    }
}
