package org.bellwire.core.registry;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.Phones.Device;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSettings;
import org.slf4j.Logger;

/**
 * A phone's file and what came of it.
 *
 * @param settings empty where the file is wrong
 * @param phone empty while something stands against it
 * @param session what is known of the phone, kept over edits of its file
 * @param fault what stands against it, as {@code key: reason}
 */
record PhoneEntry(
        String file,
        String id,
        Optional<PhoneSettings> settings,
        Optional<Phone> phone,
        PhoneSession session,
        Optional<String> fault) {

    static final String FILE_NAME_RULE =
            "file name: between 'phone-' and '.cfg' stands the phone's id: 1 to 64 of a-z 0-9 _ -,"
                    + " beginning with a letter or digit, and not 'bridge'";
    /** Those of the file and those that the container adds. */
    private static final int MAX_KEYS = 2 * CfgText.MAX_KEYS;

    /**
     * Reads a phone's file, as a phone of which nothing is known yet.
     *
     * @param oddities what is odd in the file's text, each as {@code key: what}
     */
    static PhoneEntry read(String pid, Dictionary<String, ?> properties, List<String> oddities) {
        Map<String, Object> values = new TreeMap<>();
        properties.keys().asIterator().forEachRemaining(key -> values.put(key, properties.get(key)));
        String file = PhoneFiles.fileOf(pid, values);
        String name = PhoneFiles.idOf(pid, values);
        PhoneSession session = new PhoneSession();
        Optional<PhoneId> id = PhoneId.parse(name);
        if (id.isEmpty()) {
            return wrong(file, name, session, FILE_NAME_RULE);
        }
        if (values.size() > MAX_KEYS) {
            return wrong(
                    file, name, session, "file: has " + values.size() + " keys, and at most " + MAX_KEYS + " are read");
        }
        try {
            return right(file, PhoneSettings.parse(file, id.get(), values, oddities), session);
        } catch (CfgException e) {
            return wrong(file, name, session, e.reasons());
        }
    }

    /** A file that could not be read at all. */
    static PhoneEntry unreadable(String pid, String reason) {
        String name = PhoneFiles.idOf(pid, Map.of());
        return wrong(PhoneFiles.fileOf(pid, Map.of()), name, new PhoneSession(), "file: " + reason);
    }

    /** With what was known of the phone before, unless it is of another vendor or tenant now. */
    PhoneEntry after(Optional<PhoneEntry> old) {
        return old.filter(before -> settings.isEmpty() || before.isOneWith(this))
                .map(before -> new PhoneEntry(file, id, settings, phone, before.session(), fault))
                .orElse(this);
    }

    private boolean isOneWith(PhoneEntry that) {
        return vendor().equals(that.vendor()) && site().equals(that.site());
    }

    /** Says the same as that one's file said. */
    boolean saysTheSameAs(PhoneEntry that) {
        return settings.equals(that.settings()) && (settings.isPresent() || fault.equals(that.fault()));
    }

    private static PhoneEntry wrong(String file, String id, PhoneSession session, String fault) {
        return new PhoneEntry(file, id, Optional.empty(), Optional.empty(), session, Optional.of(fault));
    }

    private static PhoneEntry right(String file, PhoneSettings settings, PhoneSession session) {
        return new PhoneEntry(
                file, settings.id().value(), Optional.of(settings), Optional.empty(), session, Optional.empty());
    }

    /** That of a phone which works. */
    static PhoneEntry of(Phone phone) {
        return right("", phone.settings(), phone.session()).live(phone);
    }

    PhoneEntry live(Phone now) {
        return new PhoneEntry(file, id, settings, Optional.of(now), session, Optional.empty());
    }

    PhoneEntry waiting(String why) {
        return new PhoneEntry(file, id, settings, Optional.empty(), session, Optional.of(why));
    }

    String vendor() {
        return settings.map(PhoneSettings::vendor).orElse("");
    }

    SiteId site() {
        return settings.map(PhoneSettings::site).orElse(SiteId.OWN);
    }

    /** What is odd in the file but does no harm. */
    List<String> warnings() {
        return settings.map(PhoneSettings::warnings).orElse(List.of());
    }

    /** Says what is wrong or odd in the file and was not before, and that a phone works again. */
    void logAfter(Optional<PhoneEntry> old, Logger log) {
        Optional<String> told = old.flatMap(PhoneEntry::fault);
        fault.filter(f -> !told.equals(Optional.of(f))).ifPresent(f -> log.warn("{}: {}", file, f));
        if (told.isPresent() && fault.isEmpty()) {
            log.info("{}: phone '{}' is ready now", file, id);
        }
        List<String> known = old.map(PhoneEntry::warnings).orElse(List.of());
        warnings().stream().filter(w -> !known.contains(w)).forEach(w -> log.warn("{}: {}", file, w));
    }

    /**
     * How it is now.
     *
     * @param elsewhere the gateway that serves it, if that is not this one
     * @param remote what is known of it there
     */
    PhoneStatus status(Optional<String> elsewhere, Optional<RemotePhones.State> remote) {
        Optional<PhoneSession> known = phone.filter(p -> elsewhere.isEmpty()).map(Phone::session);
        Optional<RemotePhones.State> there = remote.filter(state -> elsewhere.isPresent());
        List<String> warnings = warnings();
        Optional<String> odd = warnings.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", warnings));
        return new PhoneStatus(
                id,
                settings.map(PhoneSettings::name).orElse(""),
                vendor(),
                phone.flatMap(Phone::mac)
                        .or(() -> settings.flatMap(PhoneSettings::mac).map(Mac::toString)),
                settings.flatMap(PhoneSettings::host),
                settings.flatMap(PhoneSettings::token).isPresent(),
                known.map(session -> session.availability().isOnline())
                        .or(() -> there.map(RemotePhones.State::online))
                        .orElse(false),
                known.map(PhoneSession::states)
                        .or(() -> there.map(RemotePhones.State::states))
                        .orElseGet(Map::of),
                known.flatMap(PhoneSession::lastEvent),
                known.flatMap(PhoneSession::lastEventTime),
                fault.or(() -> odd),
                device(),
                site().value(),
                elsewhere);
    }

    private Device device() {
        return new Device(
                phone.flatMap(p -> p.session().device().model()),
                phone.flatMap(p -> p.session().device().firmware()),
                phone.flatMap(Phone::address).map(PhoneEntry::url),
                settings.map(PhoneSettings::allow).orElseGet(Set::of));
    }

    private static String url(PhoneClient.Address address) {
        String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
        String port = address.port() == address.scheme().port() ? "" : ":" + address.port();
        return address.scheme().wire() + "://" + host + port + "/";
    }
}
