package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.karaf.shell.api.console.Session;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.shell.TailLine.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailCommandTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final PhoneId LOBBY = new PhoneId("lobby");

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.phones.add(ShownPhones.lobby());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static PhoneEvent incoming(String name) {
        CallInfo call = new CallInfo(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("42"),
                Optional.of(name),
                Optional.empty(),
                Optional.empty());
        return new PhoneEvent(new EventMessage(LOBBY, EventType.CALL_INCOMING, "{\"late\":false}", NOON), call);
    }

    private static void tell(PhoneListener listener) {
        listener.availability(LOBBY, true);
        listener.states(LOBBY, Map.of(Property.CALL, "ringing"));
        listener.event(incoming("Pe\u001b[31mter"));
        listener.result(Results.of(Status.ACCEPTED, OptionalInt.of(200), Optional.empty())
                .toCompletableFuture()
                .join());
    }

    /** Runs it until it has shown so many lines, and ends it as Ctrl-C does. */
    private List<String> tail(String options, int lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Session session = shell.factory().create(InputStream.nullInputStream(), stream, stream);
        Thread thread = new Thread(() -> {
            try {
                session.execute("phone:tail" + options);
            } catch (Exception e) {
                stream.println(e);
            }
        });
        thread.start();
        await().until(() -> !shell.listeners.isEmpty() && shell.remoteWatchers.equals(shell.listeners));
        shell.listeners.forEach(TailCommandTest::tell);
        await().until(() -> out.toString(StandardCharsets.UTF_8).lines().count() >= lines);
        List<String> shown = out.toString(StandardCharsets.UTF_8).lines().toList();
        thread.interrupt();
        session.close();
        await().until(() -> shell.listeners.isEmpty() && shell.remoteWatchers.isEmpty());
        return shown;
    }

    @Test
    void what_happens_is_shown_in_its_order_and_plain_until_ctrl_c() {
        assertThat(tail("", 4).stream().map(line -> line.substring(14)))
                .containsExactly(
                        "lobby  phone  online",
                        "lobby  state  call=ringing",
                        "lobby  event  call_incoming 42 Pe[31mter",
                        "lobby  command  dial: accepted (HTTP 200, 38 ms)");
    }

    @ParameterizedTest
    @CsvSource({
        "' lobby', 4",
        "' lob*', 4",
        "' l?bby', 4",
        "' --vendor acme', 4",
        "' --events', 1",
        "' lobby --states', 1",
        "' --commands --events', 2",
        "' lobby --vendor=acme --commands', 1"
    })
    void filters_leave_out_the_rest(String options, int lines) {
        assertThat(tail(options, lines)).hasSize(lines);
    }

    @Test
    void others_ids_and_vendors_are_left_out() {
        Phones none = new NoPhones();
        assertThat(new TailFilter(none, Optional.of(TailFilter.pattern("x*")), Optional.empty(), Set.of())
                        .shows(Kind.EVENT, "lobby"))
                .isFalse();
        assertThat(new TailFilter(none, Optional.empty(), Optional.of("acme"), Set.of()).shows(Kind.EVENT, "lobby"))
                .isFalse();
        assertThat(TailFilter.pattern("a.*").matcher("ab").matches()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {" nobody", " lobby --colour", " --vendor"})
    void wrong_words_end_it_at_once(String options) {
        assertThat(shell.run("phone:tail" + options).thrown()).isPresent();
    }

    @Test
    void who_shows_too_slowly_is_told_how_many_lines_were_left_out() {
        TailFilter all = new TailFilter(new NoPhones(), Optional.empty(), Optional.empty(), Set.of());
        TailFeed feed = new TailFeed(all, Clock.fixed(NOON, ZoneOffset.UTC));
        for (int i = 0; i < TailFeed.MAX + 7; i++) {
            feed.availability(LOBBY, true);
        }
        assertThat(feed.lost()).isEqualTo(7);
        assertThat(feed.lost()).isZero();
    }

    @Test
    void a_long_name_is_cut() {
        assertThat(TailLine.event(incoming("x".repeat(10_000))).text()).hasSize(403);
    }

    @Test
    void colours_are_for_terminals_that_show_them() {
        TailLine line = new TailLine(NOON, Kind.STATE, "lobby", "call=idle");
        assertThat(line.shown(true, ZoneOffset.UTC))
                .isEqualTo("12:00:00.123  lobby  \u001b[32mstate  call=idle\u001b[m");
        assertThat(line.shown(false, ZoneOffset.UTC)).isEqualTo("12:00:00.123  lobby  state  call=idle");
    }

    private static final class NoPhones implements Phones {
        @Override
        public List<PhoneStatus> all() {
            return List.of();
        }

        @Override
        public Optional<PhoneStatus> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<PhoneBinding> bindings() {
            return List.of();
        }
    }
}
