package org.bellwire.core.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.CfgFileName;
import org.bellwire.api.port.Groups;

/**
 * One file of a group, right or wrong.
 *
 * @param group there only while the file is right and its id is free
 */
record GroupEntry(
        CfgFileName file, Optional<GroupSettings> settings, Optional<PhoneGroup> group, Optional<String> fault) {

    static GroupEntry read(String pid, Map<String, ?> properties) {
        CfgFileName file = CfgFileName.of(GroupRegistry.PID, pid, properties);
        Optional<PhoneId> id = PhoneId.parse(file.id());
        if (id.isEmpty()) {
            return new GroupEntry(
                    file,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                            "file name: a group's id is 1 to 64 of a-z 0-9 _ -, begins with a letter or digit and is not"
                                    + " 'bridge'"));
        }
        try {
            GroupSettings settings = GroupSettings.parse(file.file(), id.get(), properties);
            return new GroupEntry(file, Optional.of(settings), Optional.empty(), Optional.empty());
        } catch (CfgException e) {
            return new GroupEntry(file, Optional.empty(), Optional.empty(), Optional.of(e.reasons()));
        }
    }

    GroupEntry live(PhoneGroup now) {
        return new GroupEntry(file, settings, Optional.of(now), Optional.empty());
    }

    GroupEntry waiting(String why) {
        return new GroupEntry(file, settings, Optional.empty(), Optional.of(why));
    }

    Groups.Group status() {
        return new Groups.Group(
                file.id(),
                settings.map(GroupSettings::name).orElse(""),
                group.map(PhoneGroup::members).orElse(List.of()),
                fault,
                settings.map(GroupSettings::site).orElse(SiteId.OWN).value());
    }
}
