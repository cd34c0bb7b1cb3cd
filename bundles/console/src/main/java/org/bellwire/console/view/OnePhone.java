package org.bellwire.console.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.Provisioning.EventUrl;
import org.bellwire.api.spi.Provisioning.Format;
import org.bellwire.console.http.JsonObjects;

/** All of one phone: what it is and did, and how it is set up. */
public final class OnePhone {

    private final ConsolePorts ports;
    private final PhoneHistory history;
    private final SeenEvents seen;
    private final PhoneStatus phone;

    public OnePhone(ConsolePorts ports, PhoneHistory history, SeenEvents seen, PhoneStatus phone) {
        this.ports = ports;
        this.history = history;
        this.seen = seen;
        this.phone = phone;
    }

    private Optional<PhoneBinding> binding() {
        return ports.phones().map(Phones::bindings).stream()
                .flatMap(all -> all.stream())
                .filter(binding -> binding.info().id().equals(phone.vendor()))
                .findFirst();
    }

    /** {@code GET /api/phones/{id}}. */
    public String whole() {
        String root = ports.topics().map(BuildingTopics::root).orElse("bellwire");
        return JsonObjects.of(json -> {
            PhoneRows.row(json, phone);
            json.name("own_token").value(phone.ownToken());
            simulated(json);
            JsonObjects.optional(json, "url", phone.device().url());
            JsonObjects.optional(
                    json, "vendor_name", binding().map(found -> found.info().name()));
            json.name("info").beginObject();
            supported(json);
            json.endObject();
            topics(json, root + "/" + phone.id() + "/");
            json.name("events").beginArray();
            for (String event : history.last(phone.id())) {
                json.jsonValue(event);
            }
            json.endArray();
            JsonObjects.strings(json, "seen", new TreeSet<>(seen.of(phone.id())));
        });
    }

    /** What it can be made to report, if it is a simulated one. */
    private void simulated(JsonWriter json) throws IOException {
        json.name("simulated").value(isSimulated());
        json.name("simulate").beginArray();
        if (isSimulated() && binding().isPresent()) {
            for (EventRow row : binding().get().events().rows()) {
                json.beginObject();
                json.name("event").value(row.name());
                json.name("event_type").value(row.type().wire());
                json.endObject();
            }
        }
        json.endArray();
    }

    private boolean isSimulated() {
        return ports.simulator().stream()
                .flatMap(simulator -> simulator.all().stream())
                .map(Simulated::phone)
                .anyMatch(phone.id()::equals);
    }

    private Stream<CommandName> commands(PhoneBinding binding) {
        return binding.commandNames().stream()
                .filter(name ->
                        !name.mustBeAllowed() || phone.device().allowed().contains(name))
                .sorted();
    }

    private void supported(JsonWriter json) throws IOException {
        JsonObjects.strings(
                json,
                "commands",
                binding().stream()
                        .flatMap(this::commands)
                        .map(CommandName::wire)
                        .toList());
        JsonObjects.strings(
                json,
                "events",
                binding().stream()
                        .flatMap(found -> found.events().events().stream())
                        .map(EventType::wire)
                        .toList());
        JsonObjects.strings(
                json,
                "states",
                Stream.of(Property.values())
                        .filter(property -> binding()
                                .filter(found -> found.events().has(property))
                                .isPresent())
                        .map(Property::wire)
                        .toList());
        JsonObjects.strings(
                json,
                "vendor_events",
                binding().stream()
                        .flatMap(found -> found.events().rows().stream())
                        .map(EventRow::name)
                        .toList());
    }

    private void topics(JsonWriter json, String base) throws IOException {
        Stream<String> states = Stream.of(Property.values())
                .filter(property -> phone.states().containsKey(property)
                        || binding()
                                .filter(found -> found.events().has(property))
                                .isPresent())
                .map(property -> "state/" + property.wire());
        Stream<String> commands = binding().stream().flatMap(this::commands).map(name -> "command/" + name.wire());
        JsonObjects.strings(
                json,
                "topics",
                Stream.of(
                                Stream.of("availability", "info"),
                                states,
                                Stream.of("event/+", "late/+"),
                                commands,
                                Stream.of("result/+"))
                        .flatMap(some -> some)
                        .map(end -> base + end)
                        .toList());
    }

    /** {@code GET /api/phones/{id}/setup}; empty: its vendor's feature or the ingress is not there. */
    public Optional<String> setup() {
        return binding().flatMap(found -> ports.gateway().map(gateway -> setup(found, gateway)));
    }

    private String setup(PhoneBinding binding, Gateway gateway) {
        Provisioning provisioning = binding.provisioning();
        var urls = provisioning.urls(binding.events(), base(gateway));
        Set<String> arrived =
                seen.of(phone.id()).stream().map(OnePhone::spelled).collect(Collectors.toSet());
        return JsonObjects.of(json -> {
            json.name("phone").value(phone.id());
            json.name("menu").value(provisioning.menu());
            json.name("one_url")
                    .value(urls.stream().map(EventUrl::url).distinct().count() == 1);
            json.name("own_token").value(phone.ownToken());
            json.name("urls").beginArray();
            for (EventUrl url : urls) {
                json.beginObject();
                json.name("event").value(url.row().name());
                json.name("event_type").value(url.row().type().wire());
                json.name("url").value(url.url());
                json.name("length").value(url.url().length());
                json.name("seen").value(isSeen(url.row(), arrived));
                json.endObject();
            }
            json.endArray();
            texts(json, provisioning, new Provisioning.Content(urls, gateway.host(), phone.mac()));
        });
    }

    private static boolean isSeen(EventRow row, Set<String> arrived) {
        return Stream.concat(Stream.of(row.name()), row.aliases().stream())
                .map(OnePhone::spelled)
                .anyMatch(arrived::contains);
    }

    private static String spelled(String event) {
        return event.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private void texts(JsonWriter json, Provisioning provisioning, Provisioning.Content content) throws IOException {
        json.name("provisioning").beginArray();
        for (Format format : provisioning.formats()) {
            json.beginObject();
            json.name("format").value(format.name());
            json.name("file").value(format.fileName(phone.mac()));
            json.name("text").value(format.render(content));
            json.endObject();
        }
        json.endArray();
    }

    /** The phone's own token never leaves its file: a placeholder stands for it. */
    private String base(Gateway gateway) {
        return gateway.actionUrl(phone.vendor(), phone.tokenIn(gateway));
    }
}
