package org.bellwire.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is around the text of each page. No script, nothing inline: the web page's policy lets nothing else in. */
final class SiteTemplate {

    private static final int LARGEST = 100_000;

    private final String form;
    private final String version;

    SiteTemplate(String version) {
        this.version = version;
        form = resource("page.html");
    }

    static String resource(String name) {
        try (InputStream in = SiteTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole page.
     *
     * @param text as HTML
     * @param headings of the second level, each with its anchor
     */
    String page(SitePage page, String text, List<Heading> headings, Navigation navigation) {
        StringBuilder contents = new StringBuilder();
        if (headings.size() > 2) {
            headings.forEach(heading -> contents.append("<li><a href=\"#")
                    .append(heading.anchor())
                    .append("\">")
                    .append(escaped(heading.text()))
                    .append("</a></li>"));
        }
        return form.replace("@TITLE@", escaped(page.title()))
                .replace("@ROOT@", SitePaths.relative(page.path(), "x").replaceAll("x$", ""))
                .replace("@VERSION@", escaped(version))
                .replace("@SOURCE@", escaped(page.source()))
                .replace("@NAVIGATION@", navigation.html(page))
                .replace(
                        "@CONTENTS@",
                        contents.isEmpty() ? "" : "<aside><h2>On this page</h2><ul>" + contents + "</ul></aside>")
                .replace("@TEXT@", text);
    }

    /** A heading of the second level. */
    record Heading(String anchor, String text) {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
