package org.bellwire.itests.examples;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;

/** Finds Bellwire's topics in a text and says what is wrong with them. {@code <phone>} and {@code +} stand for any level. */
final class TopicCheck {

    /** Commands of the contract that the code does not have yet. {@code ExamplesTest} says when one can go. */
    static final Set<String> AWAITED_COMMANDS = Set.of();

    private static final Pattern TOPIC =
            Pattern.compile("(?<![\\w./@-])bellwire((?:/(?:[A-Za-z0-9_+<>…-]+|#))+)(?![\\w/])");
    private static final String ANY = "\\+|#|…|<[a-z]+>";
    private static final Pattern PHONE = Pattern.compile(ANY + "|[a-z0-9][a-z0-9_-]{0,63}");
    private static final Set<String> BRIDGE = Set.of("status", "info", "health", "inbox", "trigger");

    private static final Set<String> STATES = names(Property.values(), Property::wire);
    private static final Set<String> EVENTS = names(EventType.values(), EventType::wire);
    static final Set<String> CODED_COMMANDS = names(CommandName.values(), CommandName::wire);
    private static final Set<String> COMMANDS =
            Stream.of(CODED_COMMANDS, AWAITED_COMMANDS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private TopicCheck() {}

    private static <T> Set<String> names(T[] values, Function<T, String> wire) {
        return Arrays.stream(values).map(wire).collect(Collectors.toUnmodifiableSet());
    }

    static List<String> topics(String text) {
        return TOPIC.matcher(text).results().map(MatchResult::group).toList();
    }

    /** What is wrong, one sentence for each topic. */
    static List<String> faults(String text) {
        return topics(text).stream().flatMap(topic -> fault(topic).stream()).toList();
    }

    private static Optional<String> fault(String topic) {
        List<String> levels = List.of(topic.split("/"));
        return (levels.get(1).equals("bridge") ? bridge(levels) : phone(levels)).map(what -> topic + ": " + what);
    }

    private static Optional<String> bridge(List<String> levels) {
        if (levels.size() == 3 && levels.get(2).equals("#")) {
            return Optional.empty();
        }
        boolean known = levels.size() > 2 && BRIDGE.contains(levels.get(2));
        boolean whole = levels.size() == (known && levels.get(2).equals("trigger") ? 4 : 3);
        return known && whole ? Optional.empty() : Optional.of("no topic of the gateway");
    }

    private static Optional<String> phone(List<String> levels) {
        if (!PHONE.matcher(levels.get(1)).matches()) {
            return Optional.of("a phone's id is in lower case");
        }
        String last = levels.get(levels.size() - 1);
        if (last.equals("#") || levels.size() == 2) {
            return Optional.empty();
        }
        return switch (levels.get(2)) {
            case "availability", "info" -> levels.size() == 3 ? Optional.empty() : Optional.of("one level too many");
            case "state" -> last(levels, STATES);
            case "event", "late" -> last(levels, EVENTS);
            case "command", "result" -> last(levels, COMMANDS);
            default -> Optional.of("no level of a phone: " + levels.get(2));
        };
    }

    private static Optional<String> last(List<String> levels, Set<String> names) {
        if (levels.size() != 4) {
            return Optional.of("four levels are wanted");
        }
        String name = levels.get(3);
        boolean known = names.contains(name) || name.matches(ANY);
        return known ? Optional.empty() : Optional.of("no " + levels.get(2) + " has the name " + name);
    }
}
