package org.bellwire.core.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.Mac;
import org.bellwire.api.Variables;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.config.SecretName;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.spi.EventLog;
import org.bellwire.api.spi.EventTable;

/**
 * What an action URL says, without the secrets in it.
 *
 * @param event the vendor's event as the request names it
 * @param variables those of the query and of the path, and {@code mac} and {@code ip} that stand in the path without a name
 */
public record ReportedEvent(Optional<String> event, Variables variables) {

    /** Phones and their makers also write variables into the path: {@code /mac=00:1f:c1:1a:8b:6c:ip=10.0.0.7}. */
    private static final Pattern NEXT = Pattern.compile("&|:(?=[A-Za-z][A-Za-z0-9_-]{0,31}=)");

    public static ReportedEvent read(EventTable table, ActionUrl url, TokenFinder tokens) {
        Variables variables = withoutSecrets(all(url), url.token(), tokens);
        Optional<String> event = table.eventName(url.path(), variables)
                .map(name -> url.token().isEmpty() ? name : name.replace(url.token(), ""))
                .flatMap(name -> clean(name, tokens));
        boolean named = table.nameVariable().flatMap(variables::get).isPresent();
        List<String> rest = behind(named, url.path());
        int at = 0;
        if (rest.size() > at && Mac.parse(rest.get(at)).isPresent()) {
            variables = variables.with("mac", rest.get(at++));
        } else if (rest.size() > 1) {
            at++;
        }
        if (rest.size() > at && IpLiteral.isOne(rest.get(at))) {
            variables = variables.with("ip", rest.get(at));
        }
        return new ReportedEvent(event, table.named(variables));
    }

    /** What a phone's log tells, as an action URL would have told it. */
    static ReportedEvent logged(EventTable table, EventLog.Entry entry, TokenFinder tokens) {
        Variables.Builder told = new Variables.Builder();
        entry.variables().forEach(told::add);
        Variables variables = withoutSecrets(told.build(), "", tokens);
        return new ReportedEvent(clean(entry.event(), tokens), table.named(variables));
    }

    private static Optional<String> clean(String event, TokenFinder tokens) {
        return Optional.of(tokens.without(event))
                .filter(name -> name.codePoints().anyMatch(Character::isLetterOrDigit))
                .flatMap(name ->
                        new Variables.Builder().add("event", name).build().get("event"));
    }

    /** The segments that name no variable and no event. */
    private static List<String> behind(boolean named, List<String> path) {
        List<String> rest = named || path.isEmpty() ? path : path.subList(1, path.size());
        for (String segment : rest) {
            if (segment.indexOf('=') >= 0) {
                return rest.stream().filter(any -> any.indexOf('=') < 0).toList();
            }
        }
        return rest;
    }

    /** The variables of the query, and those of segments behind the first that hold some. */
    private static Variables all(ActionUrl url) {
        if (url.path().size() < 2) {
            return url.variables();
        }
        List<String> holding = url.path().stream()
                .skip(1)
                .filter(segment -> segment.indexOf('=') > 0)
                .limit(Variables.MAX_COUNT)
                .toList();
        if (holding.isEmpty()) {
            return url.variables();
        }
        Variables.Builder all = new Variables.Builder();
        url.variables().asSent().forEach(all::add);
        for (String segment : holding) {
            for (String pair : NEXT.split(segment, Variables.MAX_COUNT)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    all.add(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return all.build();
    }

    private static Variables withoutSecrets(Variables variables, String token, TokenFinder tokens) {
        Map<String, String> sent = variables.asSent();
        if (!holdsSecret(sent, token, tokens)) {
            return variables;
        }
        Variables.Builder kept = new Variables.Builder();
        sent.forEach((name, value) -> {
            if (!isSecret(name, value, token, tokens)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    private static boolean holdsSecret(Map<String, String> sent, String token, TokenFinder tokens) {
        for (Map.Entry<String, String> variable : sent.entrySet()) {
            if (isSecret(variable.getKey(), variable.getValue(), token, tokens)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSecret(String name, String value, String token, TokenFinder tokens) {
        return SecretName.isOne(name)
                || (!token.isEmpty() && (name.contains(token) || value.contains(token)))
                || tokens.in(name).isPresent()
                || tokens.in(value).isPresent();
    }
}
