package org.bellwire.binding.akuvox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Property;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.FlatJson;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.api.spi.SettingsPage;

/** What a device answers: whether it did as it was told; and over its HTTP API, as programs use it, its relays and its settings. */
final class AkuvoxApi {

    static final ReadBack RELAYS = ReadBack.ofStates(new PhoneRequest("/api/relay/status"), AkuvoxApi::relays);

    static final SettingsPage SETTINGS =
            new SettingsPage(new PhoneRequest("/api/config/get"), AkuvoxApi::settings, AkuvoxApi::write);

    /** A door that stayed closed is answered 200, too: what tells is the body. */
    static final AnswerTable ANSWERS = AnswerTable.USUAL
            .failure("\"retcode\":-1", "the device has no such request: this model or firmware cannot do it")
            .failure("\"retcode\":-2", "the device has no such relay")
            .failure("\"retcode\":-3", "this relay is not enabled for HTTP: switch on Open Relay via HTTP for it")
            .unauthorized(
                    "\"retcode\":-4", "refused for the device's security: check High Security Mode, user and password")
            .failure("\"retcode\":-", "the device did not do it")
            .unauthorized(
                    "hcSingleResulttype=hiddenvalue='-1'",
                    "the device refuses user and password of Open Relay via HTTP")
            .failure("hcSingleResulttype=hiddenvalue='1'", "the device is in a call already")
            .failure("newinterface", "this firmware opens by the new URL: take api.token out of the phone's file")
            .unauthorized(403, "the device's allow list lacks this gateway's address: enter it there")
            .failure(503, "not enabled on the device: switch on Open Relay via HTTP");

    private AkuvoxApi() {}

    /** One relay that is triggered is enough; a word that is not known tells nothing. */
    static ReadBack.State relays(String body) {
        List<String> levels = FlatJson.objects(body).stream()
                .flatMap(object -> object.entrySet().stream())
                .filter(field -> field.getKey().matches("Relay[A-D]"))
                .map(Map.Entry::getValue)
                .toList();
        boolean known = levels.stream().allMatch(level -> level.matches("0|1|open|closed"));
        if (levels.isEmpty() || !known) {
            return ReadBack.State.NOTHING;
        }
        boolean open = levels.contains("1") || levels.contains("open");
        return new ReadBack.State(Map.of(Property.DOOR, open ? "open" : "closed"), Optional.empty());
    }

    static Map<String, String> settings(String page) {
        Map<String, String> all = new LinkedHashMap<>();
        FlatJson.objects(page).forEach(all::putAll);
        return all;
    }

    static PhoneRequest write(String name, String value) {
        return new PhoneRequest("/api/config/set")
                .posting(
                        "application/json",
                        "{\"target\":\"config\",\"action\":\"set\",\"data\":{" + quoted(name) + ":" + quoted(value)
                                + "}}");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.chars().filter(c -> c >= ' ').forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append((char) c);
        });
        return out.append('"').toString();
    }
}
