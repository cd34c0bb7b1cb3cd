package org.bellwire.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;

/** Plays the phone: fills a generated URL in and makes the request target of it. */
record FilledUrl(PhoneBinding binding) {

    private static final Pattern PLACEHOLDER = Pattern.compile("<\\$([\\w-]+)>|\\$([\\w-]+)");

    /** A call as a phone could have it. */
    static CallInfo call(Direction direction) {
        return new CallInfo(
                Optional.of("a84b4c76e667@10.0.0.9"),
                Optional.empty(),
                Optional.of(direction),
                Optional.of("42"),
                Optional.of("Jörg O'Neil 100%"),
                Optional.of("101"),
                Optional.of("7"));
    }

    /** The target that a phone sends for this event; values are not encoded, as with real phones. */
    String target(String url, EventRow row, CallInfo call) {
        Map<String, String> values = new LinkedHashMap<>();
        binding.events().nameVariable().ifPresent(name -> values.put(name, row.name()));
        values.putAll(binding.events().callVariables().write(call));
        values.put("mac", "001fc11a8b6c");
        values.put("ip", "192.168.0.157");
        values.put("model", "R 1");
        values.put("firmware", "2.0.4.4.33");
        binding.events().otherNames().forEach((theirs, ours) -> values.put(theirs, values.getOrDefault(ours, "")));
        String sent = binding.provisioning().phoneAppends() ? url + appended(values) : filled(url, values);
        return sent.replaceFirst("^http://[^/]+", "");
    }

    private static String appended(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String filled(String url, Map<String, String> values) {
        return PLACEHOLDER.matcher(url).replaceAll(found -> {
            String name = Optional.ofNullable(found.group(1)).orElse(found.group(2));
            return Matcher.quoteReplacement(values.getOrDefault(name, found.group()));
        });
    }
}
