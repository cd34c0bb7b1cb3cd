package org.bellwire.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning;

/** Makes a vendor's action URLs of what happens, filled in as the vendor's phones do it: nothing encoded, what is not known left. */
final class Reports {

    private static final Pattern PLACEHOLDER = Pattern.compile("<\\$([\\w-]+)>|\\$([\\w-]+)");
    private static final Pattern ENDS_A_VALUE = Pattern.compile("[&#\\p{Cntrl}]");

    private final PhoneBinding binding;
    private final Profile.Identity identity;
    private final String address;

    /** A row, and the variable that gives it the wanted meaning. */
    private record Chosen(EventRow row, Map<String, String> variant) {}

    Reports(PhoneBinding binding, Profile profile) {
        this.binding = binding;
        identity = profile.identity();
        address = profile.address().getHostAddress();
    }

    /** The URL that tells of this event; empty: the vendor does not report it. */
    Optional<String> url(String base, EventType type, CallInfo call) {
        return choose(type).map(chosen -> {
            Map<String, String> values = values(chosen.row(), call);
            values.putAll(chosen.variant());
            return url(base, chosen.row(), values);
        });
    }

    /** The same as an entry of its log. */
    Optional<EventLog.Entry> entry(EventType type, CallInfo call) {
        return choose(type).map(chosen -> {
            Map<String, String> values =
                    new LinkedHashMap<>(binding.events().callVariables().write(call));
            values.putAll(chosen.variant());
            return new EventLog.Entry(chosen.row().name(), values);
        });
    }

    private Optional<Chosen> choose(EventType type) {
        for (EventRow row : binding.events().rows()) {
            if (row.type() == type) {
                return Optional.of(new Chosen(row, Map.of()));
            }
            for (EventRow.Variant variant : row.variants()) {
                if (variant.type() == type) {
                    return Optional.of(new Chosen(row, Map.of(variant.variable(), variant.value())));
                }
            }
        }
        // A vendor without an event of its own for it tells the end of a hold as a connection.
        return type == EventType.CALL_RESUMED ? choose(EventType.CALL_CONNECTED) : Optional.empty();
    }

    private Map<String, String> values(EventRow row, CallInfo call) {
        Map<String, String> values = new LinkedHashMap<>();
        binding.events().nameVariable().ifPresent(name -> values.put(name, row.name()));
        values.putAll(binding.events().callVariables().write(call));
        values.put("mac", identity.mac().digits());
        return values;
    }

    private String url(String base, EventRow row, Map<String, String> values) {
        Provisioning provisioning = binding.provisioning();
        String url = provisioning.urls(binding.events(), base).stream()
                .filter(event -> event.row().equals(row))
                .findFirst()
                .map(Provisioning.EventUrl::url)
                .orElse(base);
        if (provisioning.phoneAppends()) {
            return values.entrySet().stream()
                    .map(value -> value.getKey() + "=" + safe(value.getValue()))
                    .collect(Collectors.joining("&", url + (url.contains("?") ? "&" : "?"), ""));
        }
        values.put("ip", address);
        values.put("model", "Simulated");
        values.put("firmware", "1.0");
        binding.events().otherNames().forEach((theirs, ours) -> values.put(theirs, values.getOrDefault(ours, "")));
        values.putIfAbsent("active_user", identity.account());
        values.putIfAbsent("active_host", address);
        values.putIfAbsent("active_url", identity.account() + "@" + address);
        return PLACEHOLDER.matcher(url).replaceAll(found -> {
            String name = Optional.ofNullable(found.group(1)).orElse(found.group(2));
            return Matcher.quoteReplacement(
                    Optional.ofNullable(values.get(name)).map(Reports::safe).orElse(found.group()));
        });
    }

    /** Real phones would cut a value that holds one of these; here it is encoded, so that a name arrives as it was given. */
    private static String safe(String value) {
        return ENDS_A_VALUE
                .matcher(value)
                .replaceAll(found -> String.format("%%%02X", (int) found.group().charAt(0)));
    }
}
