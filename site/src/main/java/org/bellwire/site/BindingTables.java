package org.bellwire.site;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;

/** The tables of all vendors side by side. */
record BindingTables(List<PhoneBinding> bindings) {

    /** What each vendor's phones report. */
    String events() {
        StringBuilder text = new StringBuilder("""
                # Events of every vendor

                Each event of Bellwire, the state that it sets, and what it is called on the phones that report it. *Derived*: the phone does
                not report it, but what it reports tells it. A vendor's own page has its states, URLs and settings.

                | event | sets | reported by |
                |---|---|---|
                """);
        for (EventType type : EventType.values()) {
            String by = each(binding -> names(binding, type));
            if (!by.isEmpty()) {
                String sets = type.sets().entrySet().stream()
                        .map(state -> code(state.getKey().wire() + "=" + state.getValue()))
                        .collect(Collectors.joining(" "));
                row(text, code(type.wire()), sets, by);
            }
        }
        return text.append("\n`vendor_event` is every event that the vendor's table does not know yet.\n")
                .toString();
    }

    private static String names(PhoneBinding binding, EventType type) {
        String names = binding.events().rows().stream()
                .filter(row ->
                        row.type() == type || row.variants().stream().anyMatch(variant -> variant.type() == type))
                .map(EventRow::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return !names.isEmpty() ? names : binding.events().derives(type) ? "*derived*" : "";
    }

    /** What each vendor's phones can be told. */
    String commands() {
        StringBuilder text = new StringBuilder("""
                # Commands of every vendor

                Publish to `bellwire/<phone>/command/<command>`; [topics](topics.md#commands) has the payloads. *If allowed*: off unless `allow`
                of the phone's file lists it. Conditions and requests stand on the vendor's own page.

                | command | vendors |
                |---|---|
                """);
        for (CommandName name : CommandName.values()) {
            String by = each(binding -> binding.commandNames().contains(name) ? "-" : "");
            if (!by.isEmpty()) {
                row(text, code(name.wire()) + (name.mustBeAllowed() ? " *if allowed*" : ""), by);
            }
        }
        return text.toString();
    }

    /** A link to each vendor of whom there is something to tell, and that, but for a hyphen. */
    private String each(Function<PhoneBinding, String> what) {
        return bindings.stream()
                .map(binding -> {
                    String told = what.apply(binding);
                    String id = binding.info().id();
                    String link = "[" + id + "](../bundles/binding-" + id + "/README.md)";
                    return told.isEmpty() ? "" : told.equals("-") ? link : link + ": " + told;
                })
                .filter(told -> !told.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    static void row(StringBuilder table, String... cells) {
        table.append("| ")
                .append(Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
