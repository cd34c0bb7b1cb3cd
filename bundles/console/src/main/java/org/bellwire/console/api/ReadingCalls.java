package org.bellwire.console.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.console.http.JsonObjects;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.bellwire.console.view.ConsolePorts;
import org.bellwire.console.view.InboxRows;
import org.bellwire.console.view.OnePhone;
import org.bellwire.console.view.PageSources;
import org.bellwire.console.view.PhoneRows;

/** Answers that change nothing. */
final class ReadingCalls {

    private static final int USUAL_ROWS = 100;

    private final Supplier<ConsolePorts> ports;
    private final PageSources sources;

    ReadingCalls(PageSources sources) {
        this.ports = sources.ports();
        this.sources = sources;
    }

    WebAnswer phones(PageRequest request) {
        Optional<Integer> offset = number(request, "offset", 0);
        Optional<Integer> limit = number(request, "limit", USUAL_ROWS);
        if (offset.isEmpty() || limit.isEmpty()) {
            return WebAnswer.problem(WebAnswer.BAD_REQUEST, "offset and limit are whole numbers from 0 on");
        }
        ConsolePorts now = ports.get();
        Optional<String> group = request.query("group");
        Set<String> members = group.map(id -> members(now, id)).orElse(Set.of());
        PhoneRows.Wish wish = new PhoneRows.Wish(
                request.query("filter").orElse(""),
                request.query("vendor").orElse(""),
                group.isPresent() && members.isEmpty() ? Set.of(" ") : members,
                request.query("tag").orElse(""),
                request.query("sort").orElse("id"),
                offset.get(),
                limit.get());
        return WebAnswer.json(PhoneRows.of(now.phones().map(Phones::all).orElse(List.of()), wish));
    }

    private static Set<String> members(ConsolePorts now, String group) {
        return now.groups().flatMap(groups -> groups.find(group)).stream()
                .flatMap(found -> found.members().stream())
                .map(PhoneId::value)
                .collect(Collectors.toSet());
    }

    private static Optional<Integer> number(PageRequest request, String name, int usual) {
        String text = request.query(name).orElse(String.valueOf(usual));
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    WebAnswer groups() {
        List<Groups.Group> all = ports.get().groups().map(Groups::all).orElse(List.of());
        return WebAnswer.json(JsonObjects.of(json -> {
            json.name("groups").beginArray();
            for (Groups.Group group : all) {
                json.beginObject();
                json.name("id").value(group.id());
                json.name("name").value(group.name());
                JsonObjects.strings(
                        json,
                        "members",
                        group.members().stream().map(PhoneId::value).toList());
                JsonObjects.optional(json, "fault", group.fault());
                json.endObject();
            }
            json.endArray();
        }));
    }

    private Optional<PhoneStatus> find(String id) {
        return ports.get().phones().flatMap(phones -> phones.find(id));
    }

    static WebAnswer noSuchPhone() {
        return WebAnswer.problem(WebAnswer.NOT_FOUND, "there is no such phone");
    }

    WebAnswer phone(String id) {
        return find(id).map(found -> WebAnswer.json(one(found).whole())).orElseGet(ReadingCalls::noSuchPhone);
    }

    private OnePhone one(PhoneStatus phone) {
        return new OnePhone(ports.get(), sources.history(), sources.seen(), phone);
    }

    WebAnswer setup(String id) {
        Optional<PhoneStatus> phone = find(id);
        if (phone.isEmpty()) {
            return noSuchPhone();
        }
        return one(phone.get())
                .setup()
                .map(WebAnswer::json)
                .orElseGet(() -> WebAnswer.problem(
                        WebAnswer.CONFLICT,
                        phone.get().fault().orElse("the vendor's feature or the ingress is not running")));
    }

    WebAnswer inbox() {
        return WebAnswer.json(
                InboxRows.of(ports.get().inbox().map(UnknownPhones::all).orElse(List.of())));
    }

    /** A phone's file: what is secret is told to be there, and nothing more. */
    WebAnswer file(String id) {
        Optional<PhoneFileEditor> editor = ports.get().files();
        if (editor.isEmpty()) {
            return WebAnswer.problem(WebAnswer.UNAVAILABLE, "the bundle core is not running");
        }
        try {
            var read = editor.get().read(id);
            if (read.isEmpty()) {
                return noSuchPhone();
            }
            Set<String> secret = editor.get().secretKeys();
            var values = read.get();
            return WebAnswer.json(JsonObjects.of(json -> {
                JsonObjects.strings(json, "keys", editor.get().keys());
                JsonObjects.strings(json, "secret", new TreeSet<>(secret));
                json.name("values").beginObject();
                for (var value : values.entrySet()) {
                    if (!secret.contains(value.getKey())) {
                        json.name(value.getKey()).value(value.getValue());
                    }
                }
                json.endObject();
                JsonObjects.strings(
                        json,
                        "set",
                        values.entrySet().stream()
                                .filter(value -> secret.contains(value.getKey())
                                        && !value.getValue().isBlank())
                                .map(value -> value.getKey())
                                .toList());
            }));
        } catch (NotWritten e) {
            return WebAnswer.problem(WebAnswer.CONFLICT, e.reason());
        }
    }
}
