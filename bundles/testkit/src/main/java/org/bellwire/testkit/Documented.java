package org.bellwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneView;

/** What a vendor's README has to say, taken from the code's tables. */
record Documented(PhoneBinding binding) {

    /** The columns of the event table, in order; a column without any content is left out. */
    private enum Column {
        EVENT,
        IN_URL,
        MEANING,
        STATE,
        SETTING
    }

    /** A row for each event: name, in the URL, Bellwire's event, state, the phone's settings. */
    List<List<String>> events() {
        List<Column> columns = Stream.of(Column.values())
                .filter(column -> binding.events().rows().stream()
                        .anyMatch(row -> !cell(row, column).isEmpty()))
                .toList();
        return binding.events().rows().stream()
                .map(row -> columns.stream().map(column -> cell(row, column)).toList())
                .toList();
    }

    private String cell(EventRow row, Column column) {
        return switch (column) {
            case EVENT -> row.name() + (row.aliases().isEmpty() ? "" : ", also: " + String.join(", ", row.aliases()));
            case IN_URL ->
                code(binding.events()
                        .nameVariable()
                        .map(name -> name + "=" + row.name())
                        .orElse(row.slug()));
            case MEANING -> meaning(row);
            case STATE -> state(row);
            case SETTING ->
                row.keys().stream()
                        .filter(key -> !key.isEmpty())
                        .map(Documented::code)
                        .collect(Collectors.joining(" "));
        };
    }

    /** The events that Bellwire derives for this vendor. */
    List<String> derived() {
        return binding.events().events().stream()
                .filter(binding.events()::derives)
                .map(EventType::wire)
                .toList();
    }

    /** The keys of the phone's file that matter for this vendor, and their defaults. */
    Map<String, String> settings() {
        Access access = binding.commands().access();
        Map<String, String> out = new TreeMap<>();
        out.put("vendor", "");
        out.put("host", "");
        out.put("port", String.valueOf(access.port()));
        out.put("scheme", access.scheme().wire());
        switch (access.authentication()) {
            case PASSWORD -> {
                out.put("user", "");
                out.put("password", "");
            }
            case PASSWORD_IN_TARGET -> out.put("password", "");
            case BEARER -> out.put("api.token", "");
            case NONE -> {}
        }
        asked().forEach(key -> out.put(key, ""));
        if (binding.commands().names().stream().anyMatch(CommandName::mustBeAllowed)) {
            out.put("allow", "");
        }
        if (binding.eventLog().isPresent()) {
            out.put("long.poll", "false");
        }
        return out;
    }

    /** What the dial row asks of the phone's file. */
    private Set<String> asked() {
        Set<String> keys = new TreeSet<>();
        PhoneView phone = new PhoneView() {
            @Override
            public Optional<String> account() {
                keys.add("account");
                return Optional.empty();
            }

            @Override
            public Optional<String> outgoingUri() {
                keys.add("outgoing.uri");
                return Optional.empty();
            }

            @Override
            public Optional<CallState> callState() {
                return Optional.empty();
            }

            @Override
            public Optional<String> state(Property property) {
                return Optional.empty();
            }

            @Override
            public boolean allows(CommandName command) {
                return false;
            }
        };
        binding.commands()
                .find(CommandName.DIAL)
                .ifPresent(row -> row.plan(Command.to(CommandName.DIAL, new DialNumber("42")), phone));
        return keys;
    }

    private static String meaning(EventRow row) {
        List<String> all = new ArrayList<>(List.of(code(row.type().wire())));
        row.variants()
                .forEach(variant -> all.add(
                        code(variant.type().wire()) + " with " + code(variant.variable() + "=" + variant.value())));
        return String.join(", ", all);
    }

    private String state(EventRow row) {
        Map<String, String> all = new TreeMap<>();
        row.type().sets().forEach((property, value) -> all.put(property.wire(), value));
        all.keySet()
                .removeIf(name -> binding.events().properties().stream()
                        .noneMatch(property -> property.wire().equals(name)));
        row.sets().forEach((property, value) -> all.put(property.wire(), value));
        if (row.type() == EventType.DEVICE_IP_CHANGED) {
            all.put("ip", "$ip");
        }
        return all.entrySet().stream()
                .map(entry -> code(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    static String code(String text) {
        return "`" + text + "`";
    }
}
