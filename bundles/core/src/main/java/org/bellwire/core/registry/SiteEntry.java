package org.bellwire.core.registry;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.CfgFileName;
import org.bellwire.api.port.Site;

/**
 * One file of a site, right or wrong.
 *
 * @param site empty where the file is wrong
 * @param live what holds: this site, or where something stands against it, the last that was right
 * @param fault what stands against it, as {@code key: reason}
 */
record SiteEntry(CfgFileName file, Optional<Site> site, Optional<Site> live, Optional<String> fault) {

    static SiteEntry read(String pid, Map<String, ?> properties) {
        CfgFileName file = CfgFileName.of(PhoneFiles.SITE_PID, pid, properties);
        Optional<SiteId> id = SiteId.parse(file.id());
        if (id.isEmpty()) {
            return new SiteEntry(
                    file,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("file name: a site's id is 1 to 64 of a-z 0-9 _ - and begins with a letter or digit"));
        }
        try {
            Site site = SiteSettings.parse(file.file(), id.get(), properties);
            return new SiteEntry(file, Optional.of(site), Optional.empty(), Optional.empty());
        } catch (CfgException e) {
            return new SiteEntry(file, Optional.empty(), Optional.empty(), Optional.of(e.reasons()));
        }
    }

    SiteEntry waiting(String why) {
        return new SiteEntry(file, site, Optional.empty(), Optional.of(why));
    }

    SiteEntry holding() {
        return new SiteEntry(file, site, site, Optional.empty());
    }

    /** Something stands against it, so that what held before it goes on. */
    SiteEntry after(Optional<Site> before) {
        return new SiteEntry(file, site, before, fault);
    }
}
