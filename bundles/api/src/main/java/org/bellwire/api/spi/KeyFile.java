package org.bellwire.api.spi;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.Mac;

/**
 * A configuration text with one line for each event's URL, and lines of its own before and after. Events without a key for it
 * are left out, also those whose key for it is empty: such a key stands for a format that has none.
 *
 * @param name what the user asks for it by
 * @param file the file's name; <code>{mac}</code> stands for the MAC address in lower case without colons
 * @param head what stands before the lines; <code>{gateway}</code> stands for the gateway's host
 * @param line one event; <code>{0}</code>, <code>{1}</code> … stand for the row's keys, <code>{url}</code> for the URL
 * @param foot what stands after the lines
 * @param escape how the format writes a URL
 */
public record KeyFile(String name, String file, String head, String line, String foot, UnaryOperator<String> escape)
        implements Provisioning.Format {

    private static final Pattern UNFILLED = Pattern.compile("\\{\\d}");

    /** A plain text, URLs as they are. */
    public static KeyFile text(String name, String file, String line) {
        return new KeyFile(name, file, "", line + "\n", "", url -> url);
    }

    /** An XML document: {@code &} in URLs is escaped. */
    public static KeyFile xml(String name, String file, String line) {
        return new KeyFile(
                name,
                file,
                "",
                line + "\n",
                "",
                url -> url.replace("&", "&amp;").replace("<", "&lt;"));
    }

    /** With lines before and after. */
    public KeyFile between(String before, String after) {
        return new KeyFile(name, file, before + "\n", line, after + "\n", escape);
    }

    @Override
    public String fileName(Optional<String> mac) {
        return file.replace("{mac}", mac.flatMap(Mac::parse).map(Mac::digits).orElse("$mac"));
    }

    @Override
    public String render(Provisioning.Content content) {
        Stream<String> lines = content.urls().stream()
                .map(event -> fill(event.row()).replace("{url}", escape.apply(event.url())))
                .filter(text -> !UNFILLED.matcher(text).find());
        return head.replace("{gateway}", content.gateway()) + lines.collect(Collectors.joining()) + foot;
    }

    private String fill(EventRow row) {
        String filled = line;
        for (int i = 0; i < row.keys().size(); i++) {
            String key = row.keys().get(i);
            filled = key.isEmpty() ? filled : filled.replace("{" + i + "}", key);
        }
        return filled;
    }
}
