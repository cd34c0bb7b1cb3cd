package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.bellwire.api.EventType.CALL_MISSED;
import static org.bellwire.api.EventType.CALL_RESUMED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bellwire.api.CallState;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.EventTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random sequences against a model that is too simple to be wrong. A failure names its seed. */
class CallSequencesTest {

    private static final int SEQUENCES = 10_000;

    /** A vendor's words for the life of a call; its first end is call_ended. */
    record Shape(
            String name,
            EventTable table,
            String id,
            String incoming,
            String outgoing,
            String connected,
            String held,
            String resumed,
            List<String> ends) {

        @Override
        public String toString() {
            return name;
        }

        void send(PhoneScene phone, String event, String callId) {
            String[] parts = event.split("[?=]");
            List<String> variables = new ArrayList<>();
            if (!callId.isEmpty()) {
                variables.addAll(List.of(id, callId));
            }
            if (parts.length == 3) {
                variables.addAll(List.of(parts[1], parts[2]));
            }
            phone.sends(parts[0], variables.toArray(String[]::new));
        }
    }

    static List<Shape> shapes() {
        List<String> ends = List.of("Terminated", "Missed Call", "Reject Incoming Call", "Forward Incoming Call");
        return List.of(
                new Shape(
                        "plain",
                        Acme.PLAIN,
                        "callId",
                        "incoming",
                        "outgoing",
                        "connected",
                        "held",
                        "connected",
                        List.of("ended")),
                new Shape(
                        "full",
                        Acme.FULL,
                        "call_id",
                        "Incoming Call",
                        "Outgoing Call",
                        "Established",
                        "Hold",
                        "UnHold",
                        ends),
                new Shape(
                        "by role",
                        Acme.BY_ROLE,
                        "call_id",
                        "ring",
                        "dial",
                        "talk",
                        "hold",
                        "hold?hold_state=off_hold",
                        List.of("end")));
    }

    /** What the phone's calls must be, for events that carry an id. */
    private static final class Expected {
        private final Shape shape;
        private final Map<String, CallState> states = new LinkedHashMap<>();
        private final Map<String, Boolean> inbound = new LinkedHashMap<>();
        private final Set<String> talked = new HashSet<>();
        private final Map<String, Optional<Boolean>> over = new LinkedHashMap<>();
        private int missed;
        private int resumed;

        Expected(Shape shape) {
            this.shape = shape;
        }

        void take(String event, String id) {
            if (event.equals(shape.incoming) || event.equals(shape.outgoing)) {
                begin(event.equals(shape.incoming), id);
            } else if (shape.ends.contains(event)) {
                end(event, id);
            } else if (!over.containsKey(id)) {
                move(event, id);
            }
        }

        private void begin(boolean in, String id) {
            Optional<Boolean> before = over.getOrDefault(id, Optional.of(!in));
            if (before.orElse(in) == in) { // no time passes here: the end has overtaken its beginning
                boolean late = before.isEmpty() && in && !talked.contains(id);
                missed += late && shape.ends.size() == 1 ? 1 : 0;
                over.put(id, Optional.of(in));
                return;
            }
            over.remove(id);
            boolean same = states.containsKey(id) && inbound.getOrDefault(id, in) == in;
            if (!same) {
                talked.remove(id);
                states.remove(id);
            }
            inbound.put(id, in);
            if (!talked.contains(id)) {
                states.put(id, in ? CallState.RINGING : CallState.DIALING);
            }
        }

        private void move(String event, String id) {
            boolean unhold = event.equals(shape.resumed) && states.get(id) == CallState.HELD;
            resumed += unhold && shape.resumed.equals(shape.connected) ? 1 : 0;
            talked.add(id);
            states.put(id, event.equals(shape.held) ? CallState.HELD : CallState.CONNECTED);
        }

        private void end(String event, String id) {
            boolean first = states.remove(id) != null;
            boolean unanswered = inbound.getOrDefault(id, false) && !talked.contains(id);
            boolean derives = shape.ends.size() == 1 && event.equals(shape.ends.get(0));
            missed += first && unanswered && derives ? 1 : 0;
            Optional<Boolean> way = Optional.ofNullable(inbound.remove(id))
                    .or(() -> event.matches(".*(Missed|Incoming).*") ? Optional.of(true) : Optional.empty());
            over.putIfAbsent(id, way);
            over.computeIfPresent(id, (any, known) -> known.or(() -> way));
        }

        CallState call() {
            return states.values().stream().min(Comparator.naturalOrder()).orElse(CallState.IDLE);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void any_order_of_events_with_ids_follows_the_model(Shape shape) {
        for (int run = 0; run < SEQUENCES; run++) {
            int seed = run;
            Random random = new Random(seed);
            PhoneScene phone = new PhoneScene(shape.table);
            Expected expected = new Expected(shape);
            for (int i = random.nextInt(14); i >= 0; i--) {
                step(shape, phone, expected, event(shape, random), "TC@" + random.nextInt(4), seed);
            }
            for (String id : List.copyOf(expected.states.keySet())) {
                step(shape, phone, expected, any(shape.ends, random), id, seed);
            }
            assertThat(phone.calls()).as(() -> told(seed, phone)).isEqualTo("[]");
            assertThat(derivedMissed(phone)).as(() -> told(seed, phone)).isEqualTo(expected.missed);
            assertThat(shape.table == Acme.PLAIN ? phone.count(CALL_RESUMED) : 0)
                    .as(() -> told(seed, phone))
                    .isEqualTo(expected.resumed);
        }
    }

    private static void step(Shape shape, PhoneScene phone, Expected expected, String event, String id, int seed) {
        shape.send(phone, event, id);
        expected.take(event, id);
        if (phone.call() != expected.call()) {
            fail("after " + event + " of " + id + " it is " + phone.call() + ", " + told(seed, phone));
        }
    }

    /** Whole calls one after the other, without ids, their ends repeated and in any order. */
    @ParameterizedTest
    @MethodSource("shapes")
    void calls_without_ids_one_after_the_other_end_and_are_missed_once(Shape shape) {
        for (int run = 0; run < SEQUENCES / 5; run++) {
            int seed = run;
            Random random = new Random(seed);
            PhoneScene phone = new PhoneScene(shape.table);
            int unanswered = 0;
            for (int call = random.nextInt(5); call >= 0; call--) {
                boolean in = random.nextBoolean();
                boolean answered = random.nextBoolean();
                List<String> life = new ArrayList<>(List.of(in ? shape.incoming : shape.outgoing));
                if (answered) {
                    life.add(shape.connected);
                    for (int hold = random.nextInt(3); hold > 0; hold--) {
                        life.addAll(List.of(shape.held, shape.resumed));
                    }
                }
                life.addAll(ends(shape, in && !answered, random));
                life.forEach(event -> shape.send(phone, event, ""));
                unanswered += in && !answered ? 1 : 0;
                assertThat(phone.calls()).as(() -> told(seed, phone)).isEqualTo("[]");
                assertThat(phone.call()).isEqualTo(CallState.IDLE);
            }
            assertThat(derivedMissed(phone))
                    .as(() -> told(seed, phone))
                    .isEqualTo(shape.ends.size() == 1 ? unanswered : 0);
        }
    }

    private static List<String> ends(Shape shape, boolean unanswered, Random random) {
        List<String> ends = new ArrayList<>(List.of(shape.ends.get(0)));
        for (int more = random.nextInt(3); more > 0; more--) {
            ends.add(unanswered ? any(shape.ends, random) : shape.ends.get(0));
        }
        Collections.shuffle(ends, random);
        return ends;
    }

    /** Nonsense of every kind: ids there and not there, ends of nothing. Ends for all of it leave nothing behind. */
    @ParameterizedTest
    @MethodSource("shapes")
    void any_nonsense_is_over_when_all_has_ended(Shape shape) {
        for (int run = 0; run < SEQUENCES / 5; run++) {
            int seed = run;
            Random random = new Random(seed);
            PhoneScene phone = new PhoneScene(shape.table);
            int events = random.nextInt(20);
            for (int i = 0; i < events; i++) {
                shape.send(phone, event(shape, random), random.nextBoolean() ? "" : "TC@" + random.nextInt(4));
            }
            assertThat(once(phone)).as(() -> told(seed, phone)).isTrue();
            for (int i = 0; i < 4; i++) {
                shape.send(phone, shape.ends.get(0), "TC@" + i);
            }
            for (int i = 0; i <= events; i++) {
                shape.send(phone, shape.ends.get(0), "");
            }
            assertThat(phone.calls()).as(() -> told(seed, phone)).isEqualTo("[]");
            assertThat(phone.call()).isEqualTo(CallState.IDLE);
        }
    }

    /** No call is missed more often than calls came in and ended. */
    private static boolean once(PhoneScene phone) {
        long missed = derivedMissed(phone);
        return missed <= phone.count(EventType.CALL_INCOMING) && missed <= phone.count(EventType.CALL_ENDED);
    }

    private static long derivedMissed(PhoneScene phone) {
        return phone.facts().stream()
                .filter(fact -> fact.derived() && fact.type() == CALL_MISSED)
                .count();
    }

    private static String told(int seed, PhoneScene phone) {
        return "seed " + seed + ": " + phone.events();
    }

    private static String event(Shape shape, Random random) {
        List<String> words =
                new ArrayList<>(List.of(shape.incoming, shape.outgoing, shape.connected, shape.held, shape.resumed));
        words.addAll(shape.ends);
        return any(words, random);
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
