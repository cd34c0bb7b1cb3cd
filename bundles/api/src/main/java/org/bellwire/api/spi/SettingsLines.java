package org.bellwire.api.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings in the two forms that phones show them in: lines {@code name: value}, with a mark such as {@code $}, {@code !} or
 * {@code &} behind the name, and XML elements {@code <name perm="">value</name>}. The first of a name counts.
 */
public final class SettingsLines {

    private static final Pattern XML =
            Pattern.compile("<([A-Za-z]\\w{0,63})(?:\\s[^<>]{0,200})?(?:/>|>([^<>]{0,2000})</\\1>)");
    private static final Pattern LINE = Pattern.compile("(?m)^([A-Za-z]\\w{0,63})[!$&]?:[ \\t]?([^\\r\\n]{0,2000})");
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|apos|#39|#38|#34);");

    private SettingsLines() {}

    /** All settings of a page. */
    public static Map<String, String> read(String page) {
        Map<String, String> all = new LinkedHashMap<>();
        Matcher element = XML.matcher(page);
        while (element.find()) {
            String value = Optional.ofNullable(element.group(2)).orElse("");
            all.putIfAbsent(element.group(1), plain(value).strip());
        }
        Matcher line = LINE.matcher(page);
        while (line.find()) {
            all.putIfAbsent(line.group(1), plain(line.group(2)).strip());
        }
        return all;
    }

    private static String plain(String text) {
        return text.indexOf('&') < 0
                ? text
                : ENTITY.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                switch (found.group(1)) {
                                    case "amp", "#38" -> "&";
                                    case "lt" -> "<";
                                    case "gt" -> ">";
                                    case "quot", "#34" -> "\"";
                                    default -> "'";
                                }));
    }
}
