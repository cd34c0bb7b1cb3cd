package org.bellwire.site;

import static org.bellwire.site.BindingTables.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** All keys of all files, as the metatypes of the bundles have them. */
final class KeyTables {

    private KeyTables() {}

    /** @param bundles the folder of the bundles */
    static String of(Path bundles) {
        StringBuilder text = new StringBuilder("""
                # All keys

                Each key with its type and bounds, as `bin/bellwire config:meta` shows them. What the files are for stands in
                [configuration](configuration.md).
                """);
        for (Path file : metatypes(bundles)) {
            add(text, root(file));
        }
        return text.toString();
    }

    private static List<Path> metatypes(Path bundles) {
        try (Stream<Path> all = Files.walk(bundles)) {
            return all.filter(file -> file.toString()
                            .replace('\\', '/')
                            .matches(".*/src/main/resources/OSGI-INF/metatype/[^/]+\\.xml"))
                    .sorted((one, other) -> one.getFileName().compareTo(other.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element root(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static void add(StringBuilder text, Element root) {
        Element described = (Element) root.getElementsByTagName("OCD").item(0);
        Element designated = (Element) root.getElementsByTagName("Designate").item(0);
        String file = described.getAttribute("id") + (designated.hasAttribute("factoryPid") ? "-<id>" : "") + ".cfg";
        text.append("\n## `")
                .append(file)
                .append("`\n")
                .append(described.getAttribute("name"))
                .append(".\n\n");
        text.append("| key | type | default | bounds | meaning |\n|---|---|---|---|---|\n");
        NodeList keys = root.getElementsByTagName("AD");
        for (int i = 0; i < keys.getLength(); i++) {
            Element key = (Element) keys.item(i);
            BindingTables.row(
                    text,
                    code(key.getAttribute("id")),
                    key.getAttribute("type").toLowerCase(java.util.Locale.ROOT),
                    code(key.getAttribute("default").replace("\\,", ",")),
                    key.hasAttribute("min") ? key.getAttribute("min") + " to " + key.getAttribute("max") : options(key),
                    key.getAttribute("description").replace("<", "&lt;"));
        }
    }

    private static String options(Element key) {
        StringBuilder options = new StringBuilder();
        NodeList all = key.getElementsByTagName("Option");
        for (int i = 0; i < all.getLength(); i++) {
            options.append(i == 0 ? "" : ", ").append(code(((Element) all.item(i)).getAttribute("value")));
        }
        return options.toString();
    }
}
