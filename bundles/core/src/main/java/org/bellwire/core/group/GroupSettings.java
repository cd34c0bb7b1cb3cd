package org.bellwire.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Cfg;
import org.bellwire.core.phone.PhoneSettings;

/**
 * A group's file, validated.
 *
 * @param phones the ids that it names
 * @param site of which tenant it and its phones are
 */
record GroupSettings(PhoneId id, String name, Set<String> phones, List<MemberPattern> patterns, SiteId site) {

    private static final int MAX_NAME = 255;
    private static final int MAX_ITEMS = 1000;

    GroupSettings {
        phones = Set.copyOf(phones);
        patterns = List.copyOf(patterns);
    }

    /** @throws org.bellwire.api.config.CfgException naming every fault */
    static GroupSettings parse(String file, PhoneId id, Map<String, ?> properties) {
        Cfg cfg = Cfg.of(file, properties);
        String name = cfg.text("name", id.value());
        if (name.length() > MAX_NAME) {
            cfg.fault("name", "has more than " + MAX_NAME + " characters");
        }
        List<MemberPattern> items = phones(cfg);
        SiteId site = cfg.parsed("site", SiteId::parse, "what stands in the name of a file org.bellwire.site-<id>.cfg")
                .orElse(SiteId.OWN);
        cfg.check();
        return new GroupSettings(
                id,
                name,
                items.stream()
                        .filter(MemberPattern::isId)
                        .map(MemberPattern::text)
                        .collect(Collectors.toSet()),
                items.stream().filter(item -> !item.isId()).toList(),
                site);
    }

    private static List<MemberPattern> phones(Cfg cfg) {
        List<MemberPattern> phones = new ArrayList<>();
        List<String> items = cfg.list("phones");
        if (items.isEmpty()) {
            cfg.fault("phones", "is missing: name the phones' ids, separated by commas, or a pattern such as floor2-*");
        } else if (items.size() > MAX_ITEMS) {
            cfg.fault("phones", "has more than " + MAX_ITEMS + " items: use patterns such as floor2-*");
        } else {
            items.forEach(item -> MemberPattern.parse(item)
                    .ifPresentOrElse(
                            phones::add,
                            () -> cfg.fault(
                                    "phones",
                                    "'" + Cfg.shown(item) + "' is no phone's id and no pattern such as floor2-*")));
        }
        return phones;
    }

    boolean names(PhoneSettings phone) {
        return site.equals(phone.site()) && names(phone.id().value());
    }

    private boolean names(String phone) {
        return phones.contains(phone) || patterns.stream().anyMatch(pattern -> pattern.matches(phone));
    }
}
