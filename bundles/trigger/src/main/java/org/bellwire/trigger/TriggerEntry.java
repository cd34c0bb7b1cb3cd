package org.bellwire.trigger;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.CfgFileName;
import org.bellwire.api.port.Triggers;

/** One file of a trigger, right or wrong. */
record TriggerEntry(CfgFileName file, Optional<TriggerSettings> settings, Optional<String> fault) {

    static TriggerEntry read(String pid, Map<String, ?> properties, String root) {
        CfgFileName file = CfgFileName.of(TriggerRegistry.PID, pid, properties);
        Optional<PhoneId> id = PhoneId.parse(file.id());
        if (id.isEmpty()) {
            return new TriggerEntry(
                    file,
                    Optional.empty(),
                    Optional.of("file name: a trigger's id is 1 to 64 of a-z 0-9 _ -, begins with a letter or digit and"
                            + " is not 'bridge'"));
        }
        try {
            TriggerSettings settings = TriggerSettings.parse(file.file(), id.get(), properties, root);
            return new TriggerEntry(file, Optional.of(settings), Optional.empty());
        } catch (CfgException e) {
            return new TriggerEntry(file, Optional.empty(), Optional.of(e.reasons()));
        }
    }

    TriggerEntry wrong(String why) {
        return new TriggerEntry(file, Optional.empty(), Optional.of(why));
    }

    Triggers.Status status() {
        return new Triggers.Status(
                file.id(), settings.map(TriggerSettings::summary).orElse(""), fault);
    }
}
