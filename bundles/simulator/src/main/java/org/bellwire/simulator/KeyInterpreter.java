package org.bellwire.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.CommandName;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.simulator.KeyMeaning.Meaning;

/**
 * Understands the requests that the vendor's own command table would send. Each row is asked for its requests with marks in
 * the place of numbers and calls; what comes is a template, and without marks a fixed target.
 */
final class KeyInterpreter {

    private record Template(Pattern pattern, CommandName name) {}

    private final Map<String, List<Meaning>> fixed = new HashMap<>();
    private final List<Template> templates = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> transferKeys = new HashSet<>();

    KeyInterpreter(CommandTable table) {
        table.keyPad()
                .ifPresent(pad ->
                        pad.keys().forEach(key -> keys.put(pad.key(key).target(), key)));
        table.rows().stream().filter(row -> row.name() != CommandName.KEY).forEach(this::learn);
    }

    /** What a request target tells; empty: nothing that this vendor's phones understand. */
    Optional<KeyMeaning> read(String target) {
        Optional<String> key = Optional.ofNullable(keys.get(target));
        List<Meaning> meanings = fixed.containsKey(target) ? fixed.getOrDefault(target, List.of()) : filled(target);
        if (key.isEmpty() && meanings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeyMeaning(meanings, key, transferKeys.contains(target)));
    }

    private List<Meaning> filled(String target) {
        for (Template template : templates) {
            Matcher matcher = template.pattern().matcher(target);
            if (matcher.matches()) {
                String sent = matcher.group("text").replace("+", "%2B");
                return List.of(new Meaning(template.name(), URLDecoder.decode(sent, StandardCharsets.UTF_8)));
            }
        }
        return List.of();
    }

    private void learn(CommandRow row) {
        for (SampleCommands.Sample sample : SampleCommands.samples(row.name())) {
            Plan plan;
            try {
                plan = row.planner().plan(sample.command(), sample.phone());
            } catch (RuntimeException e) {
                continue; // a sample that this row does not take
            }
            if (plan instanceof Plan.Send send) {
                learn(row.name(), sample, send.requests());
            }
        }
    }

    private void learn(CommandName name, SampleCommands.Sample sample, List<PhoneRequest> requests) {
        if (requests.size() == 1) {
            learn(requests.get(0).target(), new Meaning(name, sample.command().value()));
        } else if (name == CommandName.TRANSFER) {
            String first = requests.get(0).target();
            if (first.equals(requests.get(requests.size() - 1).target())) {
                transferKeys.add(first);
            }
        }
    }

    private void learn(String target, Meaning meaning) {
        if (SampleCommands.in(target)) {
            templates.add(new Template(SampleCommands.template(target), meaning.name()));
        } else if (fixed.computeIfAbsent(target, t -> new ArrayList<>()).stream()
                .noneMatch(known -> known.name() == meaning.name())) {
            fixed.get(target)
                    .add(meaning.text().equals(SampleCommands.TEXT) ? new Meaning(meaning.name(), "") : meaning);
        }
    }
}
