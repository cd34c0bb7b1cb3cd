package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What {@code config:meta} tells is what the files and {@code docs/configuration.md} explain and the code asks for. A new key
 * stands in the bundle's code, in the shipped file, in the bundle's {@code OSGI-INF/metatype} and in that document.
 */
final class MetatypeTest {

    private static final Path BUNDLES = Path.of("../bundles");
    private static final Pattern IN_FILE = Pattern.compile("(?m)^(#?)([a-z][a-z.]*) =[ \\t]*(.*)$");
    private static final Pattern ASKED = Pattern.compile("cfg(?:\\.\\w+\\(|,)\\s*\"([a-z][a-z.]*)\"");
    private static final Pattern BOUNDS =
            Pattern.compile("cfg\\.integer\\(\\s*\"([a-z.]+)\",[^;]*?([0-9_]+),\\s*([0-9_]+)\\)");

    private static final Pattern NUMBER = Pattern.compile("cfg\\.integer\\(\\s*\"([a-z.]+)\",\\s*([0-9_]+),");
    private static final Pattern TEXT =
            Pattern.compile("cfg\\.(?:text|folder)\\(\\s*\"([a-z.]+)\",\\s*\"([^\"]+)\"\\)");

    /** The attributes of one configuration, by key. */
    private record Meta(String bundle, String pid, boolean factory, Map<String, Element> keys) {

        /** What the document has of it. */
        String table() {
            StringBuilder table = new StringBuilder();
            keys.forEach((key, attribute) -> table.append("| `")
                    .append(key)
                    .append("` |")
                    .append(cell(attribute, "default"))
                    .append(cell(attribute, "description"))
                    .append('\n'));
            return table.toString();
        }

        private static String cell(Element attribute, String name) {
            String text = attribute
                    .getAttribute(name)
                    .replace("\\,", ",")
                    .replace("|", "\\|")
                    .replace("<", "&lt;");
            return text.isEmpty() ? " |" : " " + text + " |";
        }

        @Override
        public String toString() {
            return pid;
        }
    }

    private static List<Meta> all() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            return files.filter(file -> file.toString().matches(".*/src/main/resources/OSGI-INF/metatype/.*\\.xml"))
                    .sorted()
                    .map(MetatypeTest::read)
                    .toList();
        }
    }

    private static Meta read(Path file) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            Map<String, Element> keys = new LinkedHashMap<>();
            NodeList attributes = root.getElementsByTagName("AD");
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                keys.put(attribute.getAttribute("id"), attribute);
            }
            String pid = ((Element) root.getElementsByTagName("OCD").item(0)).getAttribute("id");
            boolean factory = ((Element) root.getElementsByTagName("Designate").item(0)).hasAttribute("factoryPid");
            return new Meta(BUNDLES.relativize(file).getName(0).toString(), pid, factory, keys);
        } catch (Exception e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(String bundle) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(BUNDLES.resolve(bundle).resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(MetatypeTest::text)
                    .forEach(code::append);
        }
        return code.toString();
    }

    @Test
    void every_configuration_is_described() throws IOException {
        Set<String> pids = new TreeSet<>(all().stream().map(Meta::pid).toList());
        try (Stream<Path> files = Files.list(Path.of("../config"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".cfg"))
                            .map(name -> name.replaceFirst("\\.cfg$", "")))
                    .isSubsetOf(pids);
        }
        assertThat(pids).contains("org.bellwire.phone", "org.bellwire.simulator");
    }

    @ParameterizedTest
    @CsvSource({
        "org.bellwire.mqtt, org.bellwire.mqtt.cfg",
        "org.bellwire.spool, org.bellwire.spool.cfg",
        "org.bellwire.ingress, org.bellwire.ingress.cfg",
        "org.bellwire.line, org.bellwire.line.cfg",
        "org.bellwire.broker, org.bellwire.broker.cfg",
        "org.bellwire.console, org.bellwire.console.cfg",
        "org.bellwire.phone, org.bellwire.phone-example.cfg.example",
        "org.bellwire.group, org.bellwire.group-example.cfg.example",
        "org.bellwire.site, org.bellwire.site-example.cfg.example",
        "org.bellwire.trigger, org.bellwire.trigger-example.cfg.example",
        "org.bellwire.homeassistant, org.bellwire.homeassistant.cfg",
        "org.bellwire.cluster, org.bellwire.cluster.cfg",
        "org.bellwire.contacts, org.bellwire.contacts.cfg"
    })
    void described_are_the_keys_and_values_of_the_shipped_file(String pid, String file) throws IOException {
        Meta meta = all().stream().filter(m -> m.pid().equals(pid)).findFirst().orElseThrow();
        Map<String, String> shipped = new TreeMap<>();
        Set<String> explained = new TreeSet<>();
        Matcher line = IN_FILE.matcher(text(Path.of("../config", file)));
        while (line.find()) {
            explained.add(line.group(2));
            if (line.group(1).isEmpty() && !line.group(3).isBlank()) {
                shipped.put(line.group(2), line.group(3).strip());
            }
        }
        assertThat(meta.keys().keySet()).isEqualTo(explained);
        meta.keys().forEach((key, attribute) -> {
            if (attribute.hasAttribute("default") && shipped.containsKey(key)) {
                assertThat(attribute.getAttribute("default").replace("\\,", ","))
                        .as(key)
                        .isEqualTo(shipped.get(key));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_document_has_a_row_for_each_key_with_its_default_and_description(Meta meta) {
        String heading = "## `" + meta.pid() + (meta.factory() ? "-<id>" : "") + ".cfg`\n";
        String document = text(Path.of("../docs/configuration.md"));
        assertThat(document).contains(heading);
        String section =
                document.substring(document.indexOf(heading) + heading.length()).split("\n## ", 2)[0];
        assertThat(section.replaceFirst("(?s)^.*\\|---\\|\\n", "").strip())
                .isEqualTo(meta.table().strip());
    }

    @Test
    void the_document_has_no_other_file() throws IOException {
        assertThat(text(Path.of("../docs/configuration.md")).lines().filter(line -> line.startsWith("## ")))
                .hasSameSizeAs(all());
    }

    @Test
    void a_default_that_the_code_spells_out_is_the_one_described() throws IOException {
        for (Meta meta : all()) {
            String code = code(meta.bundle());
            for (Pattern pattern : List.of(NUMBER, TEXT)) {
                Map<String, Set<String>> inCode = new TreeMap<>();
                Matcher found = pattern.matcher(code);
                while (found.find()) {
                    inCode.computeIfAbsent(found.group(1), key -> new TreeSet<>())
                            .add(pattern == NUMBER ? found.group(2).replace("_", "") : found.group(2));
                }
                meta.keys().forEach((key, attribute) -> {
                    if (attribute.hasAttribute("default") && inCode.containsKey(key)) {
                        assertThat(inCode.get(key))
                                .as(meta + ": " + key)
                                .contains(attribute.getAttribute("default").replace("\\,", ","));
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_key_is_described_with_its_bounds_and_asked_for(Meta meta) throws IOException {
        String code = code(meta.bundle()) + code("api") + code("core");
        meta.keys().forEach((key, attribute) -> {
            assertThat(attribute.getAttribute("description")).as(key).isNotBlank();
            assertThat(code).as("the code asks for " + key).contains('"' + key + '"');
            if (attribute.hasAttribute("min")) {
                assertThat(attribute.getAttribute("description"))
                        .as(key)
                        .contains("(" + attribute.getAttribute("min") + " to " + attribute.getAttribute("max") + ")");
            }
        });
    }

    @Test
    void every_key_that_the_code_asks_for_is_described_with_the_same_bounds() throws IOException {
        List<Meta> all = all();
        for (String bundle : new TreeSet<>(all.stream().map(Meta::bundle).toList())) {
            List<Meta> own = all.stream()
                    .filter(meta -> meta.bundle().equals(bundle)
                            || (meta.pid().equals("org.bellwire.line") && bundle.equals("core")))
                    .toList();
            String code = code(bundle);
            Matcher asked = ASKED.matcher(code);
            while (asked.find()) {
                assertThat(own)
                        .as(bundle + " asks for " + asked.group(1))
                        .anyMatch(meta -> meta.keys().containsKey(asked.group(1)));
            }
            Matcher bounds = BOUNDS.matcher(code);
            while (bounds.find()) {
                String key = String.valueOf(bounds.group(1));
                String range = bounds.group(2).replace("_", "") + ".."
                        + bounds.group(3).replace("_", "");
                assertThat(own.stream()
                                .flatMap(meta -> meta.keys().entrySet().stream())
                                .filter(entry -> entry.getKey().equals(key))
                                .map(entry -> entry.getValue().getAttribute("min") + ".."
                                        + entry.getValue().getAttribute("max")))
                        .as(bundle + ": " + key)
                        .contains(range);
            }
        }
    }
}
