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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.KeyPad;
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
    /** Parameters that hold a credential, with its mark. */
    private final Map<String, String> secrets = new HashMap<>();

    private final Optional<String> joiner;

    KeyInterpreter(CommandTable table) {
        joiner = table.keyPad().flatMap(KeyPad::joiner);
        table.keyPad()
                .ifPresent(pad ->
                        pad.keys().forEach(key -> keys.put(pad.key(key).target(), key)));
        table.rows().stream().filter(row -> row.name() != CommandName.KEY).forEach(this::learn);
    }

    /** The target with marks in the place of credentials, as the tables have it. */
    String withMarks(String target) {
        int mark = target.indexOf('?');
        if (mark < 0 || secrets.isEmpty()) {
            return target;
        }
        return Stream.of(target.substring(mark + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> pair.length < 2 ? pair[0] : pair[0] + "=" + secrets.getOrDefault(pair[0], pair[1]))
                .collect(Collectors.joining("&", target.substring(0, mark + 1), ""));
    }

    private void learnSecrets(String target) {
        for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
            Stream.of(Credential.values())
                    .filter(one -> pair.endsWith("=" + one.mark()))
                    .forEach(one -> secrets.put(pair.substring(0, pair.indexOf('=')), one.mark()));
        }
    }

    /** What a request target tells; empty: nothing that this vendor's phones understand. */
    Optional<KeyMeaning> read(String target) {
        Optional<String> key = Optional.ofNullable(keys.get(first(target)));
        List<Meaning> meanings = fixed.containsKey(target) ? fixed.getOrDefault(target, List.of()) : filled(target);
        if (key.isEmpty() && meanings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeyMeaning(meanings, key, transferKeys.contains(target)));
    }

    /** The target that presses the first of several keys. */
    private String first(String target) {
        int between = joiner.map(text -> target.indexOf(text, target.lastIndexOf('=') + 1))
                .orElse(-1);
        return between < 0 ? target : target.substring(0, between);
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
        if (requests.size() == 1 || name == CommandName.REFRESH) {
            requests.forEach(request ->
                    learn(request.target(), new Meaning(name, sample.command().value())));
        } else if (name == CommandName.TRANSFER) {
            String first = requests.get(0).target();
            if (first.equals(requests.get(requests.size() - 1).target())) {
                transferKeys.add(first);
            }
        }
    }

    private void learn(String target, Meaning meaning) {
        learnSecrets(target);
        if (SampleCommands.in(target)) {
            templates.add(new Template(SampleCommands.template(target), meaning.name()));
        } else if (fixed.computeIfAbsent(target, t -> new ArrayList<>()).stream()
                .noneMatch(known -> known.name() == meaning.name())) {
            fixed.get(target)
                    .add(meaning.text().equals(SampleCommands.TEXT) ? new Meaning(meaning.name(), "") : meaning);
        }
    }
}
