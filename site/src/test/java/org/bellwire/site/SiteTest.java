package org.bellwire.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SiteTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SITE = Path.of("target/html");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private static final Pattern COMMAND = Pattern.compile("(?s)@Command\\([^)]*?name = \"([a-z-]+)\"");
    private static final Pattern NAMED_COMMAND = Pattern.compile("\\bphone:([a-z]+)\\b");
    private static final Pattern NAMED_FILE = Pattern.compile("org\\.bellwire\\.([a-z]+)(?:-[a-z<>-]+)?\\.cfg");

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.walk(SITE)) {
            return all.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void every_link_leads_to_a_file_and_an_anchor_that_there_are() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : all(LINK, text(page))) {
                if (!link.matches("(?:https?|mailto|mqtt):.*") && !leads(page, link)) {
                    broken.add(SITE.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(pages()).hasSizeGreaterThan(50);
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page
                : page.resolveSibling(URI.create(parts[0]).getPath()).normalize();
        return Files.isRegularFile(file)
                && file.startsWith(SITE)
                && (parts.length == 1 || all(ID, text(file)).contains(parts[1]));
    }

    @Test
    void every_relative_link_of_the_markdown_leads_to_a_file_of_the_repository() throws IOException {
        List<String> broken = new ArrayList<>();
        for (SitePage page : new SiteSources(ROOT).pages()) {
            for (String link : all(MARKDOWN_LINK, page.markdown().replaceAll("(?s)```.*?```", ""))) {
                Path to = ROOT.resolve(page.source()).resolveSibling(link.replaceAll("#.*", ""));
                if (!link.startsWith("#") && !link.matches("[a-z]+:.*") && !Files.exists(to)) {
                    broken.add(page.source() + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_is_in_the_navigation_of_every_page() throws IOException {
        Set<String> targets = all(LINK, text(SITE.resolve("index.html")));
        assertThat(pages().stream()
                        .map(page -> SITE.relativize(page).toString().replace('\\', '/'))
                        .filter(page -> !page.matches("decisions/\\d.*")))
                .allMatch(targets::contains);
    }

    @Test
    void no_page_needs_a_script_or_anything_inline() throws IOException {
        for (Path page : pages()) {
            assertThat(text(page)).as(page.toString()).doesNotContain("<script", " style=\"", "<style", " onclick");
        }
    }

    @Test
    void colours_are_those_of_the_web_page() {
        String console = text(ROOT.resolve("bundles/console/src/main/resources/org/bellwire/console/page/style.css"));
        List<String> colours =
                console.lines().filter(line -> line.strip().startsWith("--")).toList();
        assertThat(colours).hasSizeGreaterThan(4);
        assertThat(text(SITE.resolve("site.css"))).contains(colours);
    }

    @Test
    void every_vendor_stands_in_the_tables_of_events_and_commands() {
        String events = text(SITE.resolve("events.html"));
        String commands = text(SITE.resolve("commands.html"));
        assertThat(InstalledBindings.all()).isNotEmpty().allSatisfy(binding -> {
            String link = "<a href=\"vendors/" + binding.info().id() + ".html\">";
            assertThat(events).contains(link);
            assertThat(commands).contains(link);
        });
        assertThat(events).contains("<code>call_incoming</code>", "<code>door_bell</code>");
    }

    @Test
    void every_file_of_the_configuration_has_its_keys() throws IOException {
        String keys = text(SITE.resolve("keys.html"));
        try (Stream<Path> files = Files.list(ROOT.resolve("config"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".cfg"))
                            .toList())
                    .isNotEmpty()
                    .allMatch(name -> keys.contains("<code>" + name + "</code>"));
        }
        assertThat(keys).contains("<code>event.max.age.s</code>", "1 to 86400");
    }

    @Test
    void every_command_of_the_shell_that_is_named_exists() throws IOException {
        Set<String> known = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles/shell/src/main/java"))) {
            files.filter(file -> file.toString().endsWith("Command.java"))
                    .forEach(file -> known.addAll(all(COMMAND, text(file))));
        }
        assertThat(known).contains("list", "console");
        for (SitePage page : new SiteSources(ROOT).pages()) {
            assertThat(known).as(page.source()).containsAll(all(NAMED_COMMAND, page.markdown()));
        }
    }

    @Test
    void every_file_of_the_configuration_that_is_named_has_keys() throws IOException {
        String keys = text(SITE.resolve("keys.html"));
        for (SitePage page : new SiteSources(ROOT).pages()) {
            assertThat(all(NAMED_FILE, page.markdown()))
                    .as(page.source())
                    .allMatch(name -> keys.contains("org.bellwire." + name));
        }
    }

    @Test
    void path_from_one_page_to_another_is_relative() {
        assertThat(SitePaths.relative("index.html", "a/b.html")).isEqualTo("a/b.html");
        assertThat(SitePaths.relative("a/b.html", "a/c.html")).isEqualTo("c.html");
        assertThat(SitePaths.relative("a/b.html", "index.html")).isEqualTo("../index.html");
        assertThat(SitePaths.relative("a/b.html", "c/d.html")).isEqualTo("../c/d.html");
    }
}
