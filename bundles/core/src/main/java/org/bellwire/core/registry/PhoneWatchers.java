package org.bellwire.core.registry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bellwire.api.PhoneId;
import org.bellwire.core.phone.Phone;

/** Those that want to know of phones. Who comes is told of files at once, and of phones a little later. */
final class PhoneWatchers {

    private final List<PhoneWatcher> ofFiles = new CopyOnWriteArrayList<>();
    private final List<PhoneWatcher> ofPhones = new CopyOnWriteArrayList<>();
    private volatile int joined;

    /** How many have come since the start. */
    int joined() {
        return joined;
    }

    /** From now on it is told of files. For one thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    void join(PhoneWatcher watcher) {
        ofFiles.add(watcher);
        joined++;
    }

    /** From now on it is told of phones, too. */
    void watch(PhoneWatcher watcher) {
        ofPhones.add(watcher);
    }

    void leave(PhoneWatcher watcher) {
        ofFiles.remove(watcher);
        ofPhones.remove(watcher);
    }

    void expected(PhoneId id) {
        ofFiles.forEach(watcher -> watcher.expected(id));
    }

    void forEach(Consumer<PhoneWatcher> news) {
        ofPhones.forEach(news);
    }

    /** A phone can be found, in the place of another or as the same in other words. */
    void appeared(Phone phone, Optional<Phone> before) {
        if (before.isEmpty()) {
            forEach(w -> w.appeared(phone));
        } else if (before.get().session() == phone.session()) {
            forEach(w -> w.changed(phone, before.get()));
        } else {
            forEach(w -> w.vanished(before.get()));
            forEach(w -> w.appeared(phone));
        }
    }
}
