package org.bellwire.site;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where on the site a file of the repository is. */
final class SitePaths {

    static final String HOME = "README.md";

    private static final Pattern DOCUMENT = Pattern.compile("docs/(.+)\\.md");
    private static final Pattern FILE = Pattern.compile("docs/((?:pictures|examples)/.+)");
    private static final Pattern VENDOR = Pattern.compile("bundles/binding-([^/]+)/README\\.md");
    private static final Pattern MODULE = Pattern.compile("(?:bundles/)?([^/]+)/README\\.md");
    private static final Pattern PROJECT = Pattern.compile("([A-Z_]+)\\.md");

    private SitePaths() {}

    /** Both with slashes, from the root of the repository and of the site; empty: the site does not have it. */
    static Optional<String> of(String source) {
        if (source.equals(HOME)) {
            return Optional.of("index.html");
        }
        if (source.equals("docs/decisions") || source.equals("docs/examples")) {
            return Optional.of(source.substring("docs/".length()) + "/index.html");
        }
        if (source.equals("LICENSE") || source.equals("NOTICE")) {
            return Optional.of("project/" + source + ".txt");
        }
        return first(source, DOCUMENT, "%s.html")
                .map(path -> path.replaceAll("(^|/)README\\.html$", "$1index.html"))
                .or(() -> first(source, FILE, "%s"))
                .or(() -> first(source, VENDOR, "vendors/%s.html"))
                .or(() -> first(source, MODULE, "modules/%s.html"))
                .or(() ->
                        first(source, PROJECT, "project/%s.html").map(path -> path.toLowerCase(java.util.Locale.ROOT)));
    }

    private static Optional<String> first(String source, Pattern pattern, String form) {
        Matcher found = pattern.matcher(source);
        return found.matches() ? Optional.of(form.formatted(found.group(1))) : Optional.empty();
    }

    /** From one page of the site to another. */
    static String relative(String from, String to) {
        String[] here = from.split("/");
        String[] there = to.split("/");
        int same = 0;
        while (same < here.length - 1 && same < there.length - 1 && here[same].equals(there[same])) {
            same++;
        }
        StringBuilder path = new StringBuilder("../".repeat(here.length - 1 - same));
        for (int i = same; i < there.length; i++) {
            path.append(there[i]).append(i < there.length - 1 ? "/" : "");
        }
        return path.toString();
    }
}
