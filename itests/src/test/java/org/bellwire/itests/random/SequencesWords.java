package org.bellwire.itests.random;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;

/** A vendor's words for what can happen, taken from its table, spelled as phones and their owners spell them. */
final class SequencesWords {

    private static final Rate UNBOUNDED = new Rate(1e9, 1_000_000_000);

    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9]+");

    private final PhoneBinding binding;
    private final Map<EventType, List<Word>> words = new EnumMap<>(EventType.class);

    /** One name of an event, and the variable that gives it this meaning. */
    private record Word(EventRow row, String name, Optional<EventRow.Variant> variant) {}

    SequencesWords(PhoneBinding binding) {
        this.binding = binding;
        for (EventRow row : binding.events().rows()) {
            List<String> names = new ArrayList<>(row.aliases());
            names.add(row.name());
            names.add(row.slug());
            for (String name : names) {
                put(row.type(), new Word(row, name, Optional.empty()));
                row.variants().forEach(variant -> put(variant.type(), new Word(row, name, Optional.of(variant))));
            }
        }
    }

    private void put(EventType type, Word word) {
        words.computeIfAbsent(type, any -> new ArrayList<>()).add(word);
    }

    boolean has(EventType type) {
        return words.containsKey(type);
    }

    Set<EventType> all() {
        return words.keySet();
    }

    /** The request that reports this, with what it says of its call. */
    ActionUrl request(EventType type, CallInfo call, Map<String, String> more, Random random) {
        List<Word> names = words.getOrDefault(type, List.of());
        Word word = names.get(random.nextInt(names.size()));
        Variables.Builder variables = new Variables.Builder();
        String name = spelled(word.name(), random);
        boolean inPath = binding.events().nameVariable().isEmpty();
        binding.events().nameVariable().ifPresent(variable -> variables.add(variable, name));
        variant(word, random, variables);
        binding.events().callVariables().write(call).forEach(variables::add);
        more.forEach(variables::add);
        return new ActionUrl(
                binding.info().id(),
                "",
                true,
                inPath ? List.of(name) : List.of(),
                variables.build(),
                InetAddress.getLoopbackAddress(),
                UNBOUNDED);
    }

    /** Phones send such a variable with every event; it counts for its own row only. Rows may have one of the same name. */
    private void variant(Word word, Random random, Variables.Builder variables) {
        word.variant().ifPresent(meant -> variables.add(meant.variable(), spelled(meant.value(), "", random)));
        for (EventRow row : binding.events().rows()) {
            for (EventRow.Variant variant : row.variants()) {
                boolean own = variant.variable().equals(ownVariable(word));
                if (random.nextBoolean()) {
                    variables.add(
                            variant.variable(), own ? "not_" + variant.value() : spelled(variant.value(), "", random));
                }
            }
        }
    }

    private static String ownVariable(Word word) {
        return word.row().variants().stream()
                .map(EventRow.Variant::variable)
                .findFirst()
                .orElse("");
    }

    private static String spelled(String name, Random random) {
        String[] between = {" ", "-", "_", "", "."};
        return spelled(name, between[random.nextInt(between.length)], random);
    }

    /** Another case, and where there is something between the words, something else. */
    private static String spelled(String name, String between, Random random) {
        String spaced = between.isEmpty() ? name : BETWEEN.matcher(name).replaceAll(between);
        return switch (random.nextInt(4)) {
            case 0 -> spaced.toLowerCase(Locale.ROOT);
            case 1 -> spaced.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }
}
