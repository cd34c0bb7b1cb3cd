package org.bellwire.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the site. Run by Maven: the repository, the folder to write to, the version. */
public final class SiteBuilder {

    private static final String STYLE_OF_THE_PAGE =
            "bundles/console/src/main/resources/org/bellwire/console/page/style.css";
    private static final String ICON = "bundles/console/src/main/resources/org/bellwire/console/page/icon.svg";

    private final SiteSources sources;
    private final Path out;
    private final String version;

    private SiteBuilder(Path root, Path out, String version) {
        sources = new SiteSources(root);
        this.out = out;
        this.version = version;
    }

    public static void main(String... arguments) throws IOException {
        new SiteBuilder(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]).build();
    }

    private void build() throws IOException {
        List<SitePage> pages = new ArrayList<>(sources.pages());
        pages.addAll(made(pages));
        Set<String> files = Stream.concat(
                        pages.stream().map(SitePage::path),
                        sources.others().stream().map(path -> SitePaths.of(path).orElseThrow()))
                .collect(Collectors.toSet());
        MarkdownRenderer renderer = new MarkdownRenderer(files);
        Navigation navigation = new Navigation(pages);
        SiteTemplate template = new SiteTemplate(version);
        for (SitePage page : pages) {
            String text = renderer.html(page);
            write(page.path(), template.page(page, text, MarkdownRenderer.headings(text), navigation));
        }
        for (String other : sources.others()) {
            Path to = prepared(SitePaths.of(other).orElseThrow());
            Files.write(to, Files.readAllBytes(sources.file(other)));
        }
        write("site.css", colours() + SiteTemplate.resource("site.css"));
        write("icon.svg", sources.text(ICON));
    }

    /** Pages of what the code has in tables, so that they cannot tell anything else. */
    private List<SitePage> made(List<SitePage> written) {
        BindingTables bindings = new BindingTables(InstalledBindings.all());
        return List.of(
                new SitePage("docs/events.md", bindings.events()),
                new SitePage("docs/commands.md", bindings.commands()),
                new SitePage("docs/keys.md", KeyTables.of(sources.file("bundles"))),
                new SitePage("docs/api.md", ApiTable.of(sources.text(ApiTable.DESCRIPTION))),
                new SitePage("docs/decisions/README.md", decisions(written)));
    }

    private static String decisions(List<SitePage> pages) {
        return "# Decisions\n\nWhy it is as it is, and what else there would have been.\n\n"
                + pages.stream()
                        .filter(page -> page.source().startsWith("docs/decisions/"))
                        .map(page -> "* [" + page.title() + "](" + page.source().substring("docs/decisions/".length())
                                + ")\n")
                        .collect(Collectors.joining());
    }

    /** The web page's, so that both look alike. */
    private String colours() {
        String style = sources.text(STYLE_OF_THE_PAGE);
        return style.substring(0, style.indexOf("* {"));
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(prepared(path), text);
    }

    private Path prepared(String path) throws IOException {
        Path file = out.resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }
}
