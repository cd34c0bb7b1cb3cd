package org.bellwire.console.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.Adopted;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.api.runtime.LogText;
import org.bellwire.console.http.JsonObjects;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.bellwire.console.view.ConsolePorts;
import org.bellwire.console.view.StreamJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody at the page can change. Each change is a line of the audit log; core writes those of commands. */
final class ChangingCalls {

    static final Logger AUDIT = LoggerFactory.getLogger("org.bellwire.audit");

    private static final String PRESS = "PRESS";

    private final Supplier<ConsolePorts> ports;

    ChangingCalls(Supplier<ConsolePorts> ports) {
        this.ports = ports;
    }

    private static CompletionStage<WebAnswer> now(WebAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static WebAnswer notThere(String bundle) {
        return WebAnswer.problem(WebAnswer.UNAVAILABLE, "the bundle " + bundle + " is not running");
    }

    CompletionStage<WebAnswer> command(PageRequest request, String phone, String command) {
        Optional<Commands> commands = ports.get().commands();
        Optional<String> payload = JsonObjects.parse(request.body()).map(ChangingCalls::payload);
        if (commands.isEmpty()) {
            return now(notThere("core"));
        }
        if (payload.isEmpty()) {
            return now(WebAnswer.problem(WebAnswer.BAD_REQUEST, "the body is to be {\"value\":…}"));
        }
        if (ports.get().phones().flatMap(phones -> phones.find(phone)).isEmpty()
                && ports.get().groups().flatMap(groups -> groups.find(phone)).isEmpty()) {
            return now(ReadingCalls.noSuchPhone());
        }
        return commands.get()
                .carryOut(new CommandOrder(phone, command, payload.get(), new Origin.Page(request.peer())))
                .thenApply(result -> WebAnswer.json(StreamJson.result(result)));
    }

    /** What would be published for it: an object is one already; without a value, the button is pressed. */
    private static String payload(JsonObject body) {
        JsonElement value = body.get("value");
        if (value == null || value.isJsonNull()) {
            body.addProperty("value", PRESS);
            return body.size() == 1 ? PRESS : body.toString();
        }
        return value.isJsonObject() ? value.toString() : body.toString();
    }

    WebAnswer adopt(PageRequest request, String mac) {
        Optional<UnknownPhones> inbox = ports.get().inbox();
        Optional<JsonObject> body = JsonObjects.parse(request.body());
        if (inbox.isEmpty()) {
            return notThere("core");
        }
        if (body.isEmpty()) {
            return WebAnswer.problem(WebAnswer.BAD_REQUEST, "the body is to be {\"id\":…}");
        }
        Adoption adoption = new Adoption(
                mac,
                JsonObjects.text(body.get(), "vendor"),
                JsonObjects.text(body.get(), "id"),
                JsonObjects.text(body.get(), "name"));
        try {
            Adopted adopted = inbox.get().adopt(adoption);
            AUDIT.info("console ({}): adopted {} as {}", request.peer(), LogText.clean(mac), adopted.id());
            return WebAnswer.json(JsonObjects.of(json -> {
                json.name("id").value(adopted.id());
                json.name("name").value(adopted.name());
                json.name("file").value(adopted.file());
                JsonObjects.optional(json, "host", adopted.host());
            }));
        } catch (NotWritten e) {
            return WebAnswer.problem(WebAnswer.CONFLICT, e.reason());
        }
    }

    /** Keys that the body has are changed; an empty value takes one away. */
    WebAnswer file(PageRequest request, String id) {
        Optional<PhoneFileEditor> editor = ports.get().files();
        Optional<JsonObject> body = JsonObjects.parse(request.body());
        if (editor.isEmpty()) {
            return notThere("core");
        }
        if (body.isEmpty()) {
            return WebAnswer.problem(WebAnswer.BAD_REQUEST, "the body is to be {\"key\":\"value\",…}");
        }
        Map<String, String> changes = new TreeMap<>();
        for (Map.Entry<String, JsonElement> member : body.get().entrySet()) {
            if (member.getValue().isJsonPrimitive()) {
                changes.put(member.getKey(), member.getValue().getAsString());
            }
        }
        try {
            String file = editor.get().change(id, changes);
            AUDIT.info(
                    "console ({}): changed {} of {}",
                    request.peer(),
                    changes.keySet().stream().map(LogText::clean).collect(Collectors.joining(", ")),
                    LogText.clean(file));
            return WebAnswer.json(JsonObjects.of(json -> json.name("file").value(file)));
        } catch (NotWritten e) {
            return WebAnswer.problem(WebAnswer.CONFLICT, e.reason());
        }
    }

    CompletionStage<WebAnswer> simulate(PageRequest request, String phone, String event) {
        Optional<SimulatedPhones> simulator = ports.get().simulator();
        if (simulator.isEmpty()) {
            return now(WebAnswer.problem(WebAnswer.NOT_FOUND, "the feature bellwire-simulator is not installed"));
        }
        AUDIT.info("console ({}): {} simulates {}", request.peer(), LogText.clean(phone), LogText.clean(event));
        return simulator
                .get()
                .report(phone, event)
                .thenApply(report -> WebAnswer.json(JsonObjects.of(json -> {
                    if (report.httpStatus().isPresent()) {
                        json.name("http_status").value(report.httpStatus().getAsInt());
                    }
                    json.name("detail").value(report.detail());
                })));
    }
}
