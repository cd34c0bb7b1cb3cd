package org.bellwire.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The order of the pages. What it does not know stands at the end of its folder's group, so that nothing is left out. */
final class Navigation {

    private static final String VENDORS = "Vendors";
    private static final String EXAMPLES = "Examples";
    private static final String INTERFACES = "Interfaces";
    private static final String WORK = "Work on it";
    private static final Map<String, List<String>> GROUPS = groups();

    private final Map<String, List<SitePage>> pages = new LinkedHashMap<>();

    Navigation(List<SitePage> all) {
        GROUPS.keySet().forEach(this::of);
        GROUPS.forEach((group, sources) -> sources.forEach(source -> all.stream()
                .filter(page -> page.source().equals(source))
                .forEach(page -> of(group).add(page))));
        all.stream()
                .filter(page -> GROUPS.values().stream().noneMatch(known -> known.contains(page.source())))
                .forEach(page -> of(group(page.source())).add(page));
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "Begin", sources("README", "docs/installation", "docs/console", "docs/troubleshooting", "docs/status"));
        groups.put(
                "Use",
                sources(
                        "docs/topics",
                        "docs/events",
                        "docs/commands",
                        "docs/triggers",
                        "docs/groups",
                        "docs/contacts",
                        "docs/homeassistant"));
        groups.put("Set up", sources("docs/configuration", "docs/keys"));
        groups.put("Run", sources("docs/operations", "docs/security", "docs/reliability", "docs/performance"));
        groups.put(VENDORS, List.of());
        groups.put(EXAMPLES, sources("docs/examples/README"));
        groups.put(INTERFACES, sources("bundles/shell/README", "docs/api"));
        groups.put(
                WORK,
                sources(
                        "docs/architecture",
                        "docs/add-a-vendor",
                        "docs/contributing",
                        "docs/tested-commands",
                        "docs/releasing",
                        "docs/decisions/README",
                        "CHANGELOG"));
        return groups;
    }

    private static List<String> sources(String... names) {
        return Stream.of(names).map(name -> name + ".md").toList();
    }

    private List<SitePage> of(String group) {
        return pages.computeIfAbsent(group, name -> new ArrayList<>());
    }

    private static String group(String source) {
        if (source.startsWith("bundles/binding-")) {
            return VENDORS;
        }
        if (source.startsWith("docs/examples/")) {
            return EXAMPLES;
        }
        return source.matches("docs/[^/]+") ? "Run" : source.startsWith("bundles/") ? INTERFACES : WORK;
    }

    /** As a list of lists; decisions are listed on their own page only. */
    String html(SitePage here) {
        StringBuilder html = new StringBuilder();
        pages.forEach((group, members) -> {
            html.append("<h2>").append(group).append("</h2><ul>");
            members.stream()
                    .filter(page -> !page.source().matches("docs/decisions/\\d.*"))
                    .forEach(page -> html.append("<li><a href=\"")
                            .append(SitePaths.relative(here.path(), page.path()))
                            .append(page.equals(here) ? "\" aria-current=\"page\">" : "\">")
                            .append(SiteTemplate.escaped(name(page)))
                            .append("</a></li>"));
            html.append("</ul>");
        });
        return html.toString();
    }

    private static String name(SitePage page) {
        return page.source().equals(SitePaths.HOME) ? "Quick start" : page.title();
    }
}
