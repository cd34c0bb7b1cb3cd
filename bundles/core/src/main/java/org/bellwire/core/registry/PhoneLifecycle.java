package org.bellwire.core.registry;

import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Site;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings right files to life as phones, and lets phones go. Guarded by the monitor of {@link PhoneRegistry}, which alone has one.
 */
final class PhoneLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneLifecycle.class);

    private final PhoneEntries entries;
    private final VendorBindings bindings;
    private final PhoneIndex index;
    private final SiteIndex sites;
    private final PhoneWatchers watchers;
    private final InitialLoad firstFiles;

    PhoneLifecycle(
            PhoneEntries entries,
            VendorBindings bindings,
            PhoneIndex index,
            SiteIndex sites,
            PhoneWatchers watchers,
            InitialLoad firstFiles) {
        this.entries = entries;
        this.bindings = bindings;
        this.index = index;
        this.sites = sites;
        this.watchers = watchers;
        this.firstFiles = firstFiles;
    }

    /** @param leave what the phones have told so far stands on topics that are theirs no more */
    void reconsider(SiteId site, boolean leave) {
        entries.replaceAll((pid, entry) -> {
            if (entry.settings().isEmpty() || !entry.site().equals(site)) {
                return entry;
            }
            Optional<Phone> before = entry.phone();
            if (leave) {
                before.ifPresent(this::vanish);
            }
            return consider(entry, leave ? Optional.empty() : before);
        });
        reconsider();
    }

    /** Puts an entry in the place of an old one; a phone that lives on does so without a moment between. */
    void settle(String pid, PhoneEntry read, Optional<PhoneEntry> old) {
        Optional<Phone> before = old.flatMap(PhoneEntry::phone);
        PhoneEntry entry = consider(read, before);
        entries.put(pid, entry);
        if (entry.phone().isEmpty()) {
            before.ifPresent(this::vanish);
        }
        if (entry.site().isOwn() || !firstFiles.awaits(PhoneFiles.SITE_PID + "~" + entry.site())) {
            entry.logAfter(old, LOG);
        }
    }

    /** Brings a right file to life, unless something stands against it. */
    PhoneEntry consider(PhoneEntry entry, Optional<Phone> before) {
        if (entry.settings().isEmpty()) {
            return entry;
        }
        PhoneSettings settings = entry.settings().get();
        Optional<PhoneBinding> binding = bindings.find(settings.vendor());
        if (binding.isEmpty()) {
            return entry.waiting(VendorBindings.missing(settings.vendor()));
        }
        Optional<Site> site = sites.find(settings.site());
        if (site.isEmpty()) {
            return entry.waiting(
                    "site: there is no file org.bellwire.site-" + settings.site() + ".cfg, or it is wrong");
        }
        Optional<String> clash = index.clash(settings, before).or(() -> index.tooMany(site.get(), before));
        if (clash.isPresent()) {
            return entry.waiting(clash.get());
        }
        Phone phone = new Phone(settings, binding.get(), entry.session(), site.get());
        watchers.forEach(w -> w.appears(phone));
        index.add(phone, before);
        watchers.appeared(phone, before);
        return entry.live(phone);
    }

    /** Tries again with all that wait: a feature was installed, or another phone gave up what was the same. */
    void reconsider() {
        entries.replaceAll((pid, entry) -> {
            if (entry.phone().isPresent()) {
                return entry;
            }
            PhoneEntry now = consider(entry, Optional.empty());
            now.phone().ifPresent(phone -> LOG.info("{}: phone '{}' is ready now", now.file(), now.id()));
            return now;
        });
    }

    void gone(PhoneEntry entry) {
        entry.phone().ifPresent(this::vanish);
        if (entries.ofId(entry.id()).findAny().isEmpty()) {
            PhoneId.parse(entry.id()).ifPresent(id -> watchers.forEach(w -> w.deleted(id)));
        }
    }

    void vanish(Phone phone) {
        index.remove(phone);
        watchers.forEach(w -> w.vanished(phone));
    }
}
