package org.bellwire.console.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.Property;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.console.http.JsonObjects;

/** How all of it does. */
public final class Overview {

    /**
     * What is to be done.
     *
     * @param kind by which a page has words of its own
     * @param about a phone's id, or how many; empty: the whole
     * @param fault the reason, as the log tells it; empty: the text says it all
     */
    private record Problem(String kind, String about, String fault, String text, String help) {}

    private final ConsolePorts ports;
    private final HourOfRates rates;
    private final String version;
    private final Instant started;

    public Overview(ConsolePorts ports, HourOfRates rates, String version, Instant started) {
        this.ports = ports;
        this.rates = rates;
        this.version = version;
        this.started = started;
    }

    /** {@code GET /api/overview}. */
    public String whole() {
        return json(true);
    }

    /** What changes, for the stream. */
    public String brief() {
        return json(false);
    }

    private String json(boolean whole) {
        List<PhoneStatus> phones = ports.phones().map(Phones::all).orElse(List.of());
        Optional<BusStatistics> bus = ports.bus().map(Bus::statistics);
        return JsonObjects.of(json -> {
            json.name("version").value(version);
            json.name("started").value(started.toString());
            broker(json, bus);
            json.name("phones").beginObject();
            json.name("total").value(phones.size());
            json.name("online")
                    .value(phones.stream().filter(PhoneStatus::online).count());
            json.name("elsewhere")
                    .value(phones.stream()
                            .filter(phone -> phone.elsewhere().isPresent())
                            .count());
            json.name("in_call").value(phones.stream().filter(Overview::isBusy).count());
            json.name("faulty")
                    .value(phones.stream()
                            .filter(phone -> phone.fault().isPresent())
                            .count());
            json.endObject();
            json.name("inbox").value(inbox());
            vendors(json, phones);
            problems(json, new ArrayList<>(problems(bus, phones)));
            if (whole) {
                json.name("rates").beginObject();
                rates.write(json);
                json.endObject();
            }
        });
    }

    private int inbox() {
        return ports.inbox().map(inbox -> inbox.all().size()).orElse(0);
    }

    private static boolean isBusy(PhoneStatus phone) {
        String call = phone.states().getOrDefault(Property.CALL, "idle");
        return !call.equals("idle");
    }

    private static void broker(JsonWriter json, Optional<BusStatistics> bus) throws IOException {
        json.name("broker").beginObject();
        json.name("connected").value(bus.map(BusStatistics::connected).orElse(false));
        json.name("queue").value(bus.map(BusStatistics::queued).orElse(0L));
        json.endObject();
        json.name("spool").beginObject();
        json.name("events").value(bus.map(BusStatistics::spooled).orElse(0L));
        JsonObjects.optional(json, "fault", bus.flatMap(BusStatistics::spoolFault));
        json.endObject();
        json.name("counters").beginObject();
        json.name("accepted").value(bus.map(BusStatistics::accepted).orElse(0L));
        json.name("published").value(bus.map(BusStatistics::published).orElse(0L));
        json.name("late").value(bus.map(BusStatistics::late).orElse(0L));
        json.name("stored").value(bus.map(BusStatistics::stored).orElse(0L));
        json.name("refused").value(bus.map(BusStatistics::refused).orElse(0L));
        json.name("dropped").value(bus.map(BusStatistics::dropped).orElse(0L));
        json.endObject();
    }

    private void vendors(JsonWriter json, List<PhoneStatus> phones) throws IOException {
        json.name("vendors").beginArray();
        for (PhoneBinding binding : ports.phones().map(Phones::bindings).orElse(List.of())) {
            String id = binding.info().id();
            json.beginObject();
            json.name("id").value(id);
            json.name("name").value(binding.info().name());
            json.name("phones")
                    .value(phones.stream()
                            .filter(phone -> phone.vendor().equals(id))
                            .count());
            json.endObject();
        }
        json.endArray();
    }

    private static void problems(JsonWriter json, List<Problem> problems) throws IOException {
        json.name("problems").beginArray();
        for (Problem problem : problems) {
            json.beginObject();
            json.name("kind").value(problem.kind());
            json.name("about").value(problem.about());
            json.name("fault").value(problem.fault());
            json.name("text").value(problem.text());
            json.name("help").value(problem.help());
            json.endObject();
        }
        json.endArray();
    }

    private List<Problem> problems(Optional<BusStatistics> bus, List<PhoneStatus> phones) {
        List<Problem> all = new ArrayList<>(ofTheWay(bus));
        phones.stream()
                .filter(phone -> phone.fault().isPresent())
                .limit(20)
                .map(phone -> new Problem(
                        "phone",
                        phone.id(),
                        phone.fault().orElse(""),
                        "The phone " + phone.id() + " does not work: "
                                + phone.fault().orElse(""),
                        "Edit it here, or etc/org.bellwire.phone-" + phone.id() + ".cfg."))
                .forEach(all::add);
        int unknown = inbox();
        if (unknown > 0) {
            all.add(new Problem(
                    "inbox",
                    String.valueOf(unknown),
                    "",
                    unknown + " unknown " + (unknown == 1 ? "phone reports" : "phones report")
                            + " with the right token.",
                    "Look into the inbox and adopt what is yours."));
        }
        if (phones.isEmpty()) {
            all.add(new Problem(
                    "empty",
                    "",
                    "",
                    "There is no phone yet.",
                    "Point a phone at this gateway: it then waits in the inbox; or write a file"
                            + " etc/org.bellwire.phone-<id>.cfg."));
        }
        return all;
    }

    private List<Problem> ofTheWay(Optional<BusStatistics> bus) {
        List<Problem> all = new ArrayList<>();
        if (bus.filter(BusStatistics::connected).isEmpty()) {
            all.add(new Problem(
                    "broker",
                    "",
                    "",
                    "There is no connection to the MQTT broker: events are kept on disk, commands do not arrive.",
                    "Look whether the broker runs, and at url, user and password in etc/org.bellwire.mqtt.cfg."));
        }
        bus.flatMap(BusStatistics::spoolFault)
                .map(fault -> new Problem(
                        "spool",
                        "",
                        fault,
                        "Nothing can be written to disk: " + fault,
                        "Make room or mend the disk, or set dir in etc/org.bellwire.spool.cfg."))
                .ifPresent(all::add);
        ports.gateway()
                .map(Gateway::fault)
                .orElse(Optional.of("the ingress does not run"))
                .map(fault -> new Problem(
                        "ingress", "", fault, "No phone can report: " + fault, "See data/log/bellwire.log."))
                .ifPresent(all::add);
        return all;
    }
}
