package org.bellwire.itests.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.phone.EventFact;
import org.bellwire.itests.Vendors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of phones, told in every vendor's real words, against a model that is too simple to be wrong. */
class VendorSequencesTest {

    private static final int SEQUENCES = Integer.getInteger("sequences", 4_000);
    private static final int FEWER = SEQUENCES / 4;
    private static final int FIRST = Integer.getInteger("sequences.seed", 0);

    static Stream<Named<PhoneBinding>> vendors() {
        return Vendors.bindings().stream()
                .filter(binding -> binding.events().has(Property.CALL)) // a station may tell of none
                .map(binding -> Named.of(binding.info().id(), binding));
    }

    static Stream<Named<PhoneBinding>> vendorsThatTellOfNoCall() {
        return vendors()
                .filter(vendor -> showsCalls(vendor.getPayload())
                        || vendor.getPayload().events().reports(EventType.LINE_IDLE));
    }

    private static boolean showsCalls(PhoneBinding binding) {
        return binding.commands().readBacks().stream().anyMatch(ReadBack::tellsCalls);
    }

    /** Several calls at once with their ids; requests lost, late, doubled, ends in any order. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vendors")
    void calls_follow_the_model_whatever_the_phone_does(PhoneBinding binding) {
        SequencesWords words = new SequencesWords(binding);
        AtomicLong missed = new AtomicLong();
        for (int seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
            Random random = new Random(seed);
            SequencesScene scene = new SequencesScene(binding.events(), seed);
            SequencesModel model = new SequencesModel(binding.events());
            SequencesPhone phone = new SequencesPhone(binding, words, random);
            for (int steps = 1 + random.nextInt(40); steps > 0; steps--) {
                phone.step().forEach(report -> missed.addAndGet(compare(scene, model, phone, report, words, random)));
            }
            phone.end().forEach(report -> missed.addAndGet(compare(scene, model, phone, report, words, random)));
            scene.check(model.isIdle(), "the model has ended all calls");
            if (model.isTold()) {
                scene.checkIdle();
            }
        }
        assertThat(missed.get() > 0)
                .as("calls were missed by derivation")
                .isEqualTo(binding.events().derives(EventType.CALL_MISSED));
    }

    private static int compare(
            SequencesScene scene,
            SequencesModel model,
            SequencesPhone phone,
            SequencesPhone.Report report,
            SequencesWords words,
            Random random) {
        ActionUrl url = words.request(report.type(), report.written(), phone.times(report), random);
        List<EventType> facts = scene.receive(url, report.type(), phone.now()).stream()
                .map(EventFact::type)
                .toList();
        List<EventType> expected = model.take(report.type(), report.said(), report.answered(), phone.now());
        scene.check(facts, expected, "the events");
        scene.checkStates();
        if (model.isTold()) {
            List<String> calls = scene.calls().stream()
                    .map(call -> SequencesScene.text(call, "id") + " " + SequencesScene.text(call, "state"))
                    .toList();
            scene.check(calls.equals(model.calls()), model.calls() + " are the calls");
            scene.check(scene.state(Property.CALL).equals(model.call()), model.call() + " is the call");
            model.direction()
                    .ifPresent(
                            way -> scene.check(scene.state(Property.DIRECTION).equals(way.wire()), "" + way));
            model.number()
                    .ifPresent(number ->
                            scene.check(scene.state(Property.PEER_NUMBER).equals(number), "peer " + number));
        }
        return (int) expected.stream()
                .filter(fact -> fact == EventType.CALL_MISSED && fact != report.type())
                .count();
    }

    /** One call after the other by a phone whose URLs carry no id. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vendors")
    void calls_without_ids_end_and_are_missed_once(PhoneBinding binding) {
        SequencesWords words = new SequencesWords(binding);
        boolean derives = binding.events().derives(EventType.CALL_MISSED);
        for (int seed = FIRST; seed < FIRST + FEWER; seed++) {
            Random random = new Random(seed);
            SequencesScene scene = new SequencesScene(binding.events(), seed);
            Instant now = Instant.parse("2026-11-21T08:15:30Z");
            for (int calls = 1 + random.nextInt(4); calls > 0; calls--) {
                boolean in = random.nextBoolean();
                boolean answered = random.nextBoolean();
                long missed = 0;
                for (EventType type : life(words, in, answered, derives, random)) {
                    now = now.plusMillis(random.nextInt(3000));
                    List<EventFact> facts =
                            scene.receive(words.request(type, anonymous(in, random), Map.of(), random), type, now);
                    missed += facts.stream()
                            .filter(fact -> fact.type() == EventType.CALL_MISSED && (derives || fact.derived()))
                            .count();
                    scene.checkStates();
                }
                scene.checkIdle();
                scene.check(missed == (derives && in && !answered ? 1 : 0), "missed once or not at all");
            }
        }
    }

    /**
     * Every end of every call gets lost. What is left ends when the line is idle, where the vendor reports that, and when the phone is
     * asked, where it shows its calls. The calls of other vendors end by time.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vendorsThatTellOfNoCall")
    void calls_whose_ends_are_all_lost_are_over_in_the_end(PhoneBinding binding) {
        SequencesWords words = new SequencesWords(binding);
        boolean shows = showsCalls(binding);
        boolean tellsIdle = binding.events().reports(EventType.LINE_IDLE);
        boolean derives = binding.events().derives(EventType.CALL_MISSED);
        for (int seed = FIRST; seed < FIRST + FEWER; seed++) {
            Random random = new Random(seed);
            SequencesScene scene = new SequencesScene(binding.events(), seed);
            Instant now = Instant.parse("2026-11-21T08:15:30Z");
            for (int calls = 1 + random.nextInt(4); calls > 0; calls--) {
                for (EventType type : life(words, random.nextBoolean(), random.nextBoolean(), derives, random)) {
                    now = now.plusMillis(random.nextInt(3000));
                    if (!type.name().matches("CALL_(ENDED|MISSED|REJECTED|FORWARDED)")) {
                        CallInfo call = nonsense(4, random);
                        scene.receive(words.request(type, call, Map.of(), random), type, now);
                        scene.checkStates();
                    }
                }
            }
            if (shows && (!tellsIdle || random.nextBoolean())) {
                scene.showsNoCall(now);
            } else {
                scene.receive(
                        words.request(EventType.LINE_IDLE, CallInfo.NONE, Map.of(), random), EventType.LINE_IDLE, now);
            }
            scene.checkIdle();
        }
    }

    /** @param derives then a call that was missed by its end was not rejected as well */
    private static List<EventType> life(
            SequencesWords words, boolean in, boolean answered, boolean derives, Random random) {
        List<EventType> life = new ArrayList<>();
        life.add(in ? EventType.CALL_INCOMING : EventType.CALL_OUTGOING);
        if (random.nextInt(5) == 0) {
            life.add(life.get(0));
        }
        for (int talks = answered ? 1 + random.nextInt(3) : 0; talks > 0; talks--) {
            life.add(EventType.CALL_CONNECTED);
            if (words.has(EventType.CALL_HELD) && random.nextBoolean()) {
                life.add(EventType.CALL_HELD);
            }
        }
        List<EventType> ends = new ArrayList<>(List.of(EventType.CALL_ENDED, EventType.CALL_ENDED));
        if (in && !answered) {
            ends.add(EventType.CALL_MISSED);
            ends.addAll(derives ? List.of() : List.of(EventType.CALL_REJECTED, EventType.CALL_FORWARDED));
        }
        ends.removeIf(end -> !words.has(end));
        Collections.shuffle(ends, random);
        life.addAll(ends.subList(0, 1 + random.nextInt(ends.size())));
        return life;
    }

    /** As a phone that knows all but the id, or nothing at all. */
    private static CallInfo anonymous(boolean in, Random random) {
        Optional<String> none = Optional.empty();
        return random.nextBoolean()
                ? CallInfo.NONE
                : new CallInfo(
                        none,
                        none,
                        Optional.of(in ? Direction.INBOUND : Direction.OUTBOUND),
                        Optional.of("42"),
                        Optional.of("Peter"),
                        none,
                        none);
    }

    /** Nonsense of every kind, ids there and not there: nothing sticks, nothing is told twice. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vendors")
    void any_nonsense_is_over_when_all_has_ended(PhoneBinding binding) {
        SequencesWords words = new SequencesWords(binding);
        List<EventType> types = List.copyOf(words.all());
        for (int seed = FIRST; seed < FIRST + FEWER; seed++) {
            Random random = new Random(seed);
            SequencesScene scene = new SequencesScene(binding.events(), seed);
            Instant now = Instant.parse("2026-11-21T08:15:30Z");
            int ids = 1 + random.nextInt(24);
            int events = random.nextInt(50);
            Map<String, Instant> missed = new HashMap<>();
            for (int i = 0; i < events; i++) {
                EventType type = types.get(random.nextInt(types.size()));
                now = now.plusMillis(random.nextInt(4000));
                CallInfo call = nonsense(ids, random);
                noneTwice(
                        scene,
                        missed,
                        type,
                        scene.receive(words.request(type, call, Map.of(), random), type, now),
                        now);
                scene.checkStates();
            }
            List<String> left = new ArrayList<>(Collections.nCopies(events, ""));
            for (int i = 0; i < ids; i++) {
                left.add(0, "TC@" + i);
            }
            for (String id : left) {
                CallInfo call = named(id.isEmpty() ? Optional.empty() : Optional.of(id), Optional.empty());
                scene.receive(words.request(EventType.CALL_ENDED, call, Map.of(), random), EventType.CALL_ENDED, now);
            }
            scene.checkIdle();
        }
    }

    /** Missed comes by derivation right after the end, for an inbound call, and for its id not twice in ten seconds. */
    private static void noneTwice(
            SequencesScene scene, Map<String, Instant> missed, EventType type, List<EventFact> facts, Instant now) {
        facts = facts.stream().filter(fact -> !fact.presumed()).toList();
        if (facts.isEmpty()) {
            scene.check(type == EventType.CALL_MISSED, "nothing new but that a call was missed");
            return;
        }
        String id = facts.get(0).call().id().orElse("");
        boolean derived = facts.stream().anyMatch(VendorSequencesTest::isDerivedMissed);
        scene.check(facts.size() == (derived ? 2 : 1), "one event, or with its derived one two");
        if (derived) {
            Instant before = missed.getOrDefault(id, Instant.EPOCH);
            scene.check(id.isEmpty() || now.isAfter(before.plusSeconds(10)), "missed once");
            boolean overtaken = facts.get(0).type() == EventType.CALL_INCOMING;
            scene.check(overtaken || facts.get(0).type() == EventType.CALL_ENDED, "missed after its end");
            scene.check(facts.get(1).call().direction().equals(Optional.of(Direction.INBOUND)), "missed is inbound");
            missed.put(id, now);
        } else if (type == EventType.CALL_INCOMING) {
            missed.remove(id); // the id is used again
        }
    }

    private static boolean isDerivedMissed(EventFact fact) {
        return fact.derived() && fact.type() == EventType.CALL_MISSED;
    }

    private static CallInfo nonsense(int ids, Random random) {
        Optional<String> id = random.nextInt(3) == 0 ? Optional.empty() : Optional.of("TC@" + random.nextInt(ids));
        Optional<Direction> way = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND);
        return named(id, way);
    }

    private static CallInfo named(Optional<String> id, Optional<Direction> way) {
        Optional<String> none = Optional.empty();
        return new CallInfo(id, none, way, way.map(Direction::wire), none, none, none);
    }
}
