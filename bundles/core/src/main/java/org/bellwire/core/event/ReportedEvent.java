package org.bellwire.core.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.Variables;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.config.SecretName;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.spi.EventTable;

/**
 * What an action URL says, without the secrets in it.
 *
 * @param event the vendor's event as the request names it
 * @param variables those of the query, and {@code mac} and {@code ip} of the path
 */
public record ReportedEvent(Optional<String> event, Variables variables) {

    public static ReportedEvent read(EventTable table, ActionUrl url, TokenFinder tokens) {
        Variables variables = withoutSecrets(url, tokens);
        Optional<String> event = table.eventName(url.path(), variables)
                .map(name -> url.token().isEmpty() ? name : name.replace(url.token(), ""))
                .map(tokens::without)
                .filter(name -> name.codePoints().anyMatch(Character::isLetterOrDigit))
                .flatMap(name ->
                        new Variables.Builder().add("event", name).build().get("event"));
        boolean named = table.nameVariable().flatMap(variables::get).isPresent();
        List<String> rest = named || url.path().isEmpty()
                ? url.path()
                : url.path().subList(1, url.path().size());
        int at = 0;
        if (rest.size() > at && Mac.parse(rest.get(at)).isPresent()) {
            variables = variables.with("mac", rest.get(at++));
        } else if (rest.size() > 1) {
            at++;
        }
        if (rest.size() > at && IpLiteral.isOne(rest.get(at))) {
            variables = variables.with("ip", rest.get(at));
        }
        return new ReportedEvent(event, variables);
    }

    private static Variables withoutSecrets(ActionUrl url, TokenFinder tokens) {
        Map<String, String> sent = url.variables().asSent();
        if (!holdsSecret(sent, url.token(), tokens)) {
            return url.variables();
        }
        Variables.Builder kept = new Variables.Builder();
        sent.forEach((name, value) -> {
            if (!isSecret(name, value, url.token(), tokens)) {
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
