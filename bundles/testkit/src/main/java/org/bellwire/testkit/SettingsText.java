package org.bellwire.testkit;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads a generated configuration text as the phone would: settings and their values. */
final class SettingsText {

    private SettingsText() {}

    /** XML where it looks like it, else lines {@code KEY = value}. */
    static Map<String, String> parse(String text) {
        return text.stripLeading().startsWith("<") ? xml(text) : lines(text);
    }

    private static Map<String, String> xml(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        try {
            NodeList all = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                if (all.item(i) instanceof Element element
                        && element.getElementsByTagName("*").getLength() == 0) {
                    String name = element.getAttribute("name");
                    out.put(name.isEmpty() ? element.getTagName() : name, element.getTextContent());
                }
            }
        } catch (Exception e) {
            throw new AssertionError("the generated XML does not parse: " + text, e);
        }
        return out;
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split("\\s*=\\s*", 2);
            if (parts.length < 2) {
                throw new AssertionError("no KEY = value: " + line);
            }
            out.put(parts[0], parts[1]);
        });
        return out;
    }
}
