package org.bellwire.store.states;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneStates;
import org.bellwire.store.SetAsideFile;
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

/** What is known of the phones, in the file {@code states.txt} beside the spool. */
@Component(configurationPid = "org.bellwire.spool")
public final class FileStateStore implements PhoneStates {

    private static final Logger log = LoggerFactory.getLogger(FileStateStore.class);
    /** The file of the spool, beside which the states are; the spool says what is wrong with it. */
    private static final String FILE = "org.bellwire.spool.cfg";

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Path path;
    private final LongSupplier nanos;
    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final LimitLog limits = new LimitLog(log::warn, this::counters, 600, System::nanoTime);
    private Optional<StatesFile> open = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private long nextTry;

    @Activate
    public FileStateStore(Map<String, ?> properties) {
        this(Cfg.of(FILE, properties).folder("dir", "data/spool"), System::nanoTime);
    }

    FileStateStore(Path dir, LongSupplier nanos) {
        path = dir.resolve("states.txt");
        this.nanos = nanos;
    }

    @Modified
    void modified() {
        // As with the spool, another 'dir' counts from the next start on.
    }

    @Deactivate
    synchronized void deactivate() {
        close();
    }

    @Override
    public synchronized Optional<String> recall(PhoneId phone) {
        return exists() ? using(file -> file.read(phone), Optional.empty()) : Optional.empty();
    }

    @Override
    public synchronized boolean keep(Map<PhoneId, Optional<String>> texts) {
        if (texts.isEmpty() && !exists()) {
            return true;
        }
        return using(
                file -> {
                    if (texts.isEmpty()) {
                        file.touch();
                    } else {
                        file.write(texts).forEach(this::tooMuch);
                    }
                    return true;
                },
                false);
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    private void tooMuch(PhoneId phone) {
        limits.reached(
                Limit.STATES,
                () -> path + ": there is no room for what is known of " + phone
                        + ", it will not be known after a restart: a phone"
                        + " has " + (StatesFile.LINE_MAX >> 10) + " KB, all have " + (StatesFile.LIVE_MAX >> 20)
                        + " MB; delete the files of phones that are no more");
    }

    @Override
    public synchronized Optional<Instant> lastKept() {
        try {
            return exists() ? Optional.of(Files.getLastModifiedTime(path).toInstant()) : Optional.empty();
        } catch (IOException e) {
            log.debug("{}: its time cannot be read", path, e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized Set<PhoneId> phones() {
        return exists() ? using(StatesFile::phones, Set.of()) : Set.of();
    }

    private boolean exists() {
        return open.isPresent() || Files.exists(path);
    }

    private interface Work<T> {
        T on(StatesFile file) throws IOException;
    }

    private <T> T using(Work<T> work, T otherwise) {
        if (fault.isPresent() && nanos.getAsLong() - nextTry < 0) {
            return otherwise;
        }
        try {
            T result = work.on(opened());
            if (fault.isPresent()) {
                log.info("{}: works again", path);
                fault = Optional.empty();
            }
            return result;
        } catch (IOException e) {
            broken(e);
            return otherwise;
        }
    }

    private StatesFile opened() throws IOException {
        if (open.isEmpty()) {
            makeFolder();
            StatesFile file = openOrPutAside();
            open = Optional.of(file);
            if (file.damaged() > 0) {
                log.warn("{}: {} lines are damaged and left out: check the disk", path, file.damaged());
            }
        }
        return open.get();
    }

    private StatesFile openOrPutAside() throws IOException {
        try {
            return StatesFile.open(path);
        } catch (StatesFile.Unusable e) {
            Path aside = SetAsideFile.move(path, "unused", Instant.now());
            log.warn("{}: {}: put aside as {}; what is known of the phones begins anew", path, e.getMessage(), aside);
            return StatesFile.open(path);
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new IOException("its folder cannot be made: put 'dir' right in " + FILE, e);
        }
    }

    private void broken(IOException failure) {
        close();
        nextTry = nanos.getAsLong() + RETRY.toNanos();
        if (fault.isEmpty()) {
            log.warn(
                    "{}: {}; until this is right, phones' states will not be known after a restart",
                    path,
                    failure.getMessage());
        }
        log.debug("the failure itself", failure);
        fault = Optional.of(String.valueOf(failure.getMessage()));
    }

    private void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            log.debug("{}: closing failed", path, e);
        }
        open = Optional.empty();
    }
}
