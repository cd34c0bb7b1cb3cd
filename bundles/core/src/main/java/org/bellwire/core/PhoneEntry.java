package org.bellwire.core;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.port.Phones.PhoneStatus;

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
        PhoneMemory memory,
        Optional<String> fault) {

    static PhoneEntry wrong(String file, String id, PhoneMemory memory, String fault) {
        return new PhoneEntry(file, id, Optional.empty(), Optional.empty(), memory, Optional.of(fault));
    }

    static PhoneEntry right(String file, PhoneSettings settings, PhoneMemory memory) {
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

    PhoneStatus status() {
        List<String> warnings = settings.map(PhoneSettings::warnings).orElse(List.of());
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
                phone.map(p -> p.memory().states()).orElseGet(java.util.Map::of),
                phone.flatMap(p -> p.memory().lastEvent()),
                phone.flatMap(p -> p.memory().lastEventTime()),
                fault.or(() -> odd));
    }
}
