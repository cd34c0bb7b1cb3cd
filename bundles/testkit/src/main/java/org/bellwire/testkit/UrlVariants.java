package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.spi.EventTable;

/** The same report as firmware and people write it otherwise: what it means must not change, or only by what was left out. */
record UrlVariants(EventTable events, List<EventSample> samples) {

    /** Every byte of each value encoded, in both cases of the digits. */
    void encoded() {
        for (String form : List.of("%%%02x", "%%%02X")) {
            same("encoded", sample -> inQuery(sample.target(), pair -> pair[0] + "=" + encode(pair[1], form)));
        }
    }

    void namesInUpperCase() {
        same(
                "names in upper case",
                sample -> inQuery(sample.target(), pair -> pair[0].toUpperCase(Locale.ROOT) + "=" + pair[1]));
    }

    /** The second of each says something else. */
    void repeated() {
        same("repeated", sample -> {
            String query = query(sample.target());
            return query.isEmpty()
                    ? sample.target()
                    : sample.target() + "&"
                            + pairs(query)
                                    .filter(pair -> !pair[1].startsWith("$") && !pair[1].startsWith("<"))
                                    .map(pair -> pair[0] + "=other")
                                    .collect(Collectors.joining("&"));
        });
    }

    void withMore() {
        same(
                "with more",
                sample -> sample.target() + (sample.target().contains("?") ? "&" : "?") + "x_y=1&=2&z&%00=3&");
    }

    /** One variable after the other is left out, is empty, or is as the phone leaves what it does not know. */
    void lacking() {
        for (EventSample sample : samples) {
            List<String[]> all = pairs(query(sample.target())).toList();
            for (String[] gone : all) {
                Stream.of("", gone[0] + "=", gone[0] + "=$" + gone[0])
                        .map(instead -> inQuery(
                                sample.target(), pair -> pair[0].equals(gone[0]) ? instead : pair[0] + "=" + pair[1]))
                        .forEach(target -> less(sample, target));
            }
        }
    }

    /** Whatever is still told is told as before, and nothing is told that is empty. */
    private void less(EventSample sample, String target) {
        Map<String, String> read = read(sample, target);
        read.remove("ip", ""); // as it was sent; a state is made of an address only
        assertThat(read).as(target).containsKey("event");
        assertThat(read.values()).as(target).doesNotContain("", "$");
    }

    /** Another number in the place of the sample's. */
    void otherNumbers() {
        Random random = new Random(97);
        for (EventSample sample : samples) {
            String number = sample.meaning().getOrDefault("number", "");
            Pattern there = Pattern.compile("(?<=[=:])" + Pattern.quote(number) + "(?=[@&]|$)");
            boolean elsewhere = sample.meaning().entrySet().stream()
                    .anyMatch(field ->
                            !field.getKey().equals("number") && field.getValue().equals(number));
            if (number.isEmpty() || elsewhere || !there.matcher(sample.target()).find()) {
                continue;
            }
            for (String other : List.of(
                    "0", "+4930" + random.nextInt(1_000_000), "**" + random.nextInt(99), "9".repeat(40), "desk.2_a")) {
                Map<String, String> meaning = new TreeMap<>(sample.meaning());
                meaning.put("number", other);
                String target = there.matcher(sample.target()).replaceAll(Matcher.quoteReplacement(other));
                assertThat(read(sample, target)).as(target).isEqualTo(meaning);
            }
        }
    }

    private Map<String, String> read(EventSample sample, String target) {
        return new EventSample(target, sample.after(), Map.of()).read(events);
    }

    private void same(String how, Function<EventSample, String> written) {
        for (EventSample sample : samples) {
            String target = written.apply(sample);
            assertThat(read(sample, target)).as("%s: %s", how, target).isEqualTo(sample.meaning());
        }
    }

    private static String inQuery(String target, Function<String[], String> pair) {
        String query = query(target);
        return query.isEmpty()
                ? target
                : target.substring(0, target.indexOf('?') + 1)
                        + pairs(query).map(pair).collect(Collectors.joining("&"));
    }

    private static Stream<String[]> pairs(String query) {
        return Stream.of(query.split("&")).map(pair -> pair.split("=", 2)).filter(pair -> pair.length == 2);
    }

    private static String query(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** What is encoded already stays. */
    private static String encode(String value, String form) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            boolean done = bytes[i] == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0;
            out.append(
                    done ? new String(bytes, i, 3, StandardCharsets.US_ASCII) : String.format(form, bytes[i] & 0xFF));
            i += done ? 2 : 0;
        }
        return out.toString();
    }
}
