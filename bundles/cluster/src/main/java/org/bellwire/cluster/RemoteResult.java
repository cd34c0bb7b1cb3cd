package org.bellwire.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellwire.api.Message;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.cluster.LogRecords.Sender;

/**
 * What came of a command that another gateway sent, as it is told to that one on {@code bridge/gateway/<name>/result}.
 *
 * @param number of the command at the gateway that sent it
 */
record RemoteResult(String number, Result result) {

    static Topic topic(String gateway) {
        return Topic.of("bridge", "gateway", gateway, "result");
    }

    Message to(Sender sender) {
        return Message.of(topic(sender.gateway()), text());
    }

    private String text() {
        byte[] bytes = LogRecords.write(json -> {
            json.name("number").value(number);
            if (result.id().isPresent()) {
                json.name("id").value(result.id().get());
            }
            json.name("phone").value(result.phone());
            json.name("command").value(result.command());
            json.name("status").value(result.status().wire());
            if (result.httpStatus().isPresent()) {
                json.name("http_status").value(result.httpStatus().getAsInt());
            }
            if (result.detail().isPresent()) {
                json.name("detail").value(result.detail().get());
            }
            json.name("time").value(LogRecords.micros(result.time()));
            json.name("took_ms").value(result.tookMs());
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Empty if it is none. */
    static Optional<RemoteResult> read(String text) {
        try {
            Map<String, String> words = LogRecords.read(text.getBytes(StandardCharsets.UTF_8), new Variables.Builder());
            String http = words.getOrDefault("http_status", "");
            Result result = new Result(
                    Optional.ofNullable(words.get("id")),
                    LogRecords.word(words, "phone"),
                    LogRecords.word(words, "command"),
                    Status.valueOf(LogRecords.word(words, "status").toUpperCase(Locale.ROOT)),
                    http.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(http)),
                    Optional.ofNullable(words.get("detail")),
                    LogRecords.time(LogRecords.word(words, "time")),
                    Long.parseLong(LogRecords.word(words, "took_ms")));
            return Optional.of(new RemoteResult(LogRecords.word(words, "number"), result));
        } catch (IOException | RuntimeException e) { // anybody can publish there
            return Optional.empty();
        }
    }
}
