package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.PhoneClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that core says, to whomever, at every level: none of it holds a secret. */
class CoreSecrecyTest {

    private static final String OWN = "Q9xK7vZq2LmW8rTn4YpBcD";
    private static final String PASSWORD = "hunter2-Pa55w0rd";
    private static final String API_TOKEN = "eyJhbGciOi.JIUzI1NiIs";
    private static final List<String> SECRETS = List.of(House.SITE_TOKEN, OWN, PASSWORD, API_TOKEN, "Sh0rtAndWr0ng");

    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("org.bellwire");
    private final Level before = root.getLevel();
    private final Everything everything = new Everything();
    private final House house = new House();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        root.addHandler(everything);
        ours.addHandler(everything);
    }

    @AfterEach
    void leave() {
        root.removeHandler(everything);
        ours.removeHandler(everything);
        root.setLevel(before);
        house.close();
    }

    @Test
    void no_secret_is_logged_published_shown_or_thrown() {
        String[] secrets = {"user", "admin", "password", PASSWORD, "api.token", API_TOKEN, "token", OWN};
        writeFiles(secrets);
        sendEvents();
        sendCommands();
        house.bus.disconnect();
        house.bus.connect();
        house.settle();
        house.delete("lobby").settle();

        house.bus.messages().forEach(message -> said.add(message.topic() + " " + message + " " + message.payload()));
        house.registry.all().forEach(status -> said.add(status.toString()));
        Thread.getAllStackTraces().keySet().forEach(thread -> said.add(thread.getName()));
        said.addAll(everything.lines);

        assertThat(said).as("the wrong file is told of").anyMatch(line -> line.contains("token: must be"));
        assertThat(said).as("the fault is logged with its stack").anyMatch(line -> line.contains("\tat org.bellwire"));
        assertThat(said).as("the event is published").anyMatch(line -> line.contains("lobby/event/call_incoming"));
        assertThat(said).as("debug is heard").anyMatch(line -> line.contains("came as"));
        for (String secret : SECRETS) {
            assertThat(said).as(secret).noneMatch(line -> line.contains(secret));
        }
        assertThat(house.line.addresses()).as("the line gets them").anySatisfy(to -> {
            assertThat(to.password().orElseThrow().reveal()).isEqualTo(PASSWORD);
            said.add(to.toString());
        });
        for (String secret : SECRETS) {
            assertThat(said.get(said.size() - 1)).doesNotContain(secret);
        }
    }

    private void writeFiles(String... secrets) {
        house.file("lobby", with(secrets, "vendor", "acme", "host", "192.0.2.7", "mac", "001fc1000001"));
        house.file("twin", with(secrets, "vendor", "acme", "host", "192.0.2.8"));
        house.file("wrong", with(secrets, "vendor", "acme", "host", "http://x", "port", "-1", "tls.pin", "none"));
        house.file("short", "vendor", "acme", "token", "Sh0rtAndWr0ng");
        house.file("waiting", with(secrets, "vendor", "nowhere", "pasword", PASSWORD));
        house.settle();
    }

    private void sendEvents() {
        for (String token : List.of(House.SITE_TOKEN, OWN, OWN + "x")) {
            for (String vendor : List.of("acme", "zenith", "nowhere")) {
                for (String rest : List.of(
                        "/incoming-call?mac=001fc1000001&remote=42&token=" + token + "&password=" + PASSWORD,
                        "/off-hook?mac=001fc1ffffff&model=" + token + "&Auth-Token=" + API_TOKEN,
                        "/setup-completed?phone=lobby&firmware=x" + token,
                        "/no-such-event?phone=lobby&pwd=" + PASSWORD,
                        "/")) {
                    said.add(house.get(vendor, token, rest, "192.0.2.7").toString());
                }
            }
        }
        house.settle();
    }

    private void sendCommands() {
        house.line.answers(PhoneClient.Answer.of(PhoneClient.Kind.UNAUTHORIZED, 401));
        house.line.answers(PhoneClient.Answer.of(PhoneClient.Kind.UNREACHABLE, "connection refused"));
        for (String phone : List.of("lobby", "twin", "wrong", "short", "waiting", "nobody")) {
            for (String command : List.of("dial", "volume", "key", "text", "reboot", "nonsense")) {
                for (String payload : List.of("42", "{\"value\":\"UP\"", "UP", "{\"number\":[1]}")) {
                    house.commands
                            .carryOut(new CommandOrder(phone, command, payload, House.RULE))
                            .thenAccept(result -> said.add(result.toString()));
                }
            }
        }
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Whatever anybody logs, with stacks and thread names. */
    private static final class Everything extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Everything() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(entry.getLoggerName()).append(' ').append(entry.getMessage());
            text.append(' ').append(Thread.currentThread().getName());
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            lines.clear();
        }
    }
}
