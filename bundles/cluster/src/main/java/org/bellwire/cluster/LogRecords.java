package org.bellwire.cluster;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Report;
import org.bellwire.api.port.TriggerOrder;

/**
 * What stands in the log, as JSON. Only ever added to: a reader passes over what it does not know, so that one version reads the
 * one before and the one after.
 */
final class LogRecords {

    private static final String FIRE = "fire";
    private static final String CANCEL = "cancel";

    private LogRecords() {}

    /** What stands in the log of commands. */
    sealed interface Heard {

        /** The phone or the trigger that it is for: the gateway that owns the partition of this id carries it out. */
        String key();

        byte[] bytes();

        /** In memory, counted generously. */
        long size();
    }

    /**
     * A command and when it came.
     *
     * @param sender who waits for its result; empty: whoever published it reads that on its topic
     */
    record HeardCommand(CommandOrder order, Instant heard, Optional<Sender> sender) implements Heard {

        HeardCommand(CommandOrder order, Instant heard) {
            this(order, heard, Optional.empty());
        }

        @Override
        public String key() {
            return order.phone();
        }

        @Override
        public byte[] bytes() {
            return of(this);
        }

        @Override
        public long size() {
            return memory(order.phone(), order.command(), order.payload());
        }
    }

    /**
     * What fires or cancels a trigger, and when it came.
     *
     * @param sender who waits for its end; empty: that stands on the trigger's topic
     */
    record HeardTrigger(TriggerOrder order, Instant heard, Optional<Sender> sender) implements Heard {

        @Override
        public String key() {
            return order.trigger();
        }

        @Override
        public byte[] bytes() {
            return of(this);
        }

        @Override
        public long size() {
            return memory(order.trigger(), order.firedBy());
        }
    }

    private static long memory(String... words) {
        return 200L + 2L * Stream.of(words).mapToInt(String::length).sum();
    }

    /**
     * A gateway that waits for a result.
     *
     * @param gateway its name, as a level of a topic
     * @param number of the command there
     */
    record Sender(String gateway, String number) {}

    /** Writes the members of an object. */
    interface Body {
        void write(JsonWriter json) throws IOException;
    }

    static byte[] of(Report report) {
        return write(json -> {
            json.name("phone").value(report.phone().value());
            json.name("vendor").value(report.vendor());
            json.name("event").value(report.event());
            json.name("time").value(micros(report.time()));
            json.name("id").value(report.id());
            json.name("variables").beginObject();
            for (Map.Entry<String, String> variable :
                    report.variables().asSent().entrySet()) {
                json.name(variable.getKey()).value(variable.getValue());
            }
            json.endObject();
        });
    }

    static byte[] of(HeardCommand heard) {
        CommandOrder order = heard.order();
        return write(json -> {
            json.name("phone").value(order.phone());
            json.name("command").value(order.command());
            json.name("payload").value(order.payload());
            Optional<String> root = order.origin().root();
            if (heard.sender().isPresent() ? root.isPresent() : !root.orElse("").isEmpty()) {
                json.name("root").value(root.orElseThrow());
            }
            json.name("heard").value(micros(heard.heard()));
            if (heard.sender().isPresent()) {
                Sender sender = heard.sender().get();
                json.name("by").value(order.origin().text() + " at " + sender.gateway());
                json.name("gateway").value(sender.gateway());
                json.name("number").value(sender.number());
            }
        });
    }

    static byte[] of(HeardTrigger heard) {
        TriggerOrder order = heard.order();
        return write(json -> {
            json.name("trigger").value(order.trigger());
            json.name("act").value(order.cancel() ? CANCEL : FIRE);
            json.name("fired_by").value(order.firedBy());
            json.name("heard").value(micros(heard.heard()));
            if (heard.sender().isPresent()) {
                json.name("gateway").value(heard.sender().get().gateway());
                json.name("number").value(heard.sender().get().number());
            }
        });
    }

    /** Empty if it is no report. */
    static Optional<Report> report(byte[] bytes) {
        Variables.Builder variables = new Variables.Builder();
        try {
            Map<String, String> words = read(bytes, variables);
            return Optional.of(new Report(
                    new PhoneId(word(words, "phone")),
                    word(words, "vendor"),
                    word(words, "event"),
                    variables.build(),
                    time(word(words, "time")),
                    word(words, "id")));
        } catch (IOException | RuntimeException e) { // there are many ways to be something else than what was written
            return Optional.empty();
        }
    }

    /** Empty if it is no command. */
    static Optional<HeardCommand> command(byte[] bytes) {
        try {
            Map<String, String> words = read(bytes, new Variables.Builder());
            String phone = word(words, "phone");
            String command = word(words, "command");
            Optional<Sender> sender = sender(words);
            Optional<String> root = Optional.ofNullable(words.get("root"));
            Origin origin = sender.isPresent()
                    ? new Origin.Remote(word(words, "by"), root)
                    : new Origin.Topic(Topic.of(phone, "command", command).below(root.orElse("")));
            CommandOrder order = new CommandOrder(phone, command, word(words, "payload"), origin);
            return Optional.of(new HeardCommand(order, time(word(words, "heard")), sender));
        } catch (IOException | RuntimeException e) { // the same
            return Optional.empty();
        }
    }

    /** Empty if it fires no trigger. */
    static Optional<HeardTrigger> trigger(byte[] bytes) {
        try {
            Map<String, String> words = read(bytes, new Variables.Builder());
            String act = word(words, "act");
            TriggerOrder order = new TriggerOrder(word(words, "trigger"), act.equals(CANCEL), word(words, "fired_by"));
            return Optional.of(new HeardTrigger(order, time(word(words, "heard")), sender(words)))
                    .filter(known -> act.equals(CANCEL) || act.equals(FIRE));
        } catch (IOException | RuntimeException e) { // the same
            return Optional.empty();
        }
    }

    private static Optional<Sender> sender(Map<String, String> words) throws IOException {
        String gateway = words.getOrDefault("gateway", "");
        return gateway.isEmpty() ? Optional.empty() : Optional.of(new Sender(gateway, word(words, "number")));
    }

    static byte[] write(Body body) {
        StringWriter out = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(out)) {
            json.beginObject();
            json.name("form").value(1);
            body.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Its texts and numbers, by name. */
    static Map<String, String> read(byte[] bytes, Variables.Builder variables) throws IOException {
        Map<String, String> words = new HashMap<>();
        try (JsonReader json = new JsonReader(new StringReader(new String(bytes, StandardCharsets.UTF_8)))) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (name.equals("variables")) {
                    json.beginObject();
                    while (json.hasNext()) {
                        variables.add(json.nextName(), json.nextString());
                    }
                    json.endObject();
                } else if (json.peek() == JsonToken.STRING || json.peek() == JsonToken.NUMBER) {
                    words.put(name, json.nextString());
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
        return words;
    }

    static String word(Map<String, String> words, String key) throws IOException {
        return Optional.ofNullable(words.get(key)).orElseThrow(() -> new IOException("no " + key));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
