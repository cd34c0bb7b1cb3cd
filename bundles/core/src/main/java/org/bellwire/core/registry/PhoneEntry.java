package org.bellwire.core.registry;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSettings;

/**
 * A phone's file and what came of it.
 *
 * @param settings empty where the file is wrong
 * @param phone empty while something stands against it
 * @param memory what is known of the phone, kept over edits of its file
 * @param fault what stands against it, as {@code key: reason}
 */
record PhoneEntry(
        String file,
        String id,
        Optional<PhoneSettings> settings,
        Optional<Phone> phone,
        PhoneSession memory,
        Optional<String> fault) {

    private static final String FILE_NAME_RULE =
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
        PhoneSession memory = new PhoneSession();
        Optional<PhoneId> id = PhoneId.parse(name);
        if (id.isEmpty()) {
            return wrong(file, name, memory, FILE_NAME_RULE);
        }
        if (values.size() > MAX_KEYS) {
            return wrong(
                    file, name, memory, "file: has " + values.size() + " keys, and at most " + MAX_KEYS + " are read");
        }
        try {
            return right(file, PhoneSettings.parse(file, id.get(), values, oddities), memory);
        } catch (CfgException e) {
            return wrong(file, name, memory, e.reasons());
        }
    }

    /** A file that could not be read at all. */
    static PhoneEntry unreadable(String pid, String reason) {
        String name = PhoneFiles.idOf(pid, Map.of());
        return wrong(PhoneFiles.fileOf(pid, Map.of()), name, new PhoneSession(), "file: " + reason);
    }

    /** With what was known of the phone before, unless it is of another vendor now. */
    PhoneEntry after(Optional<PhoneEntry> old) {
        return old.filter(before -> settings.isEmpty() || before.vendor().equals(vendor()))
                .map(before -> new PhoneEntry(file, id, settings, phone, before.memory(), fault))
                .orElse(this);
    }

    /** Says the same as that one's file said. */
    boolean saysTheSameAs(PhoneEntry that) {
        return settings.equals(that.settings()) && (settings.isPresent() || fault.equals(that.fault()));
    }

    private static PhoneEntry wrong(String file, String id, PhoneSession memory, String fault) {
        return new PhoneEntry(file, id, Optional.empty(), Optional.empty(), memory, Optional.of(fault));
    }

    private static PhoneEntry right(String file, PhoneSettings settings, PhoneSession memory) {
        return new PhoneEntry(
                file, settings.id().value(), Optional.of(settings), Optional.empty(), memory, Optional.empty());
    }

    PhoneEntry live(Phone now) {
        return new PhoneEntry(file, id, settings, Optional.of(now), memory, Optional.empty());
    }

    PhoneEntry waiting(String why) {
        return new PhoneEntry(file, id, settings, Optional.empty(), memory, Optional.of(why));
    }

    String vendor() {
        return settings.map(PhoneSettings::vendor).orElse("");
    }

    /** What is odd in the file but does no harm. */
    List<String> warnings() {
        return settings.map(PhoneSettings::warnings).orElse(List.of());
    }

    PhoneStatus status() {
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
                phone.filter(p -> p.memory().availability().isOnline()).isPresent(),
                phone.map(p -> p.memory().states()).orElseGet(Map::of),
                phone.flatMap(p -> p.memory().lastEvent()),
                phone.flatMap(p -> p.memory().lastEventTime()),
                fault.or(() -> odd));
    }
}
