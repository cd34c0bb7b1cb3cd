package org.bellwire.itests.random;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.PhoneBinding;

/**
 * A phone with several calls at once, and the network between it and Bellwire: requests get lost, come twice and come late.
 * Every call ends, and one of its ends arrives; what comes late comes within a few seconds. By itself it decides nothing:
 * what it does is told by its random numbers.
 */
final class SequencesPhone {

    private static final int MAX_CALLS = 4;
    private static final int IDS = 6;
    private static final List<EventType> ENDS =
            List.of(EventType.CALL_ENDED, EventType.CALL_MISSED, EventType.CALL_REJECTED, EventType.CALL_FORWARDED);
    private static final List<EventType> BETWEEN = List.of(
            EventType.CALL_UPDATED,
            EventType.CALL_HELD_BY_PEER,
            EventType.CALL_RESUMED_BY_PEER,
            EventType.CONFERENCE_STARTED,
            EventType.CONFERENCE_ENDED,
            EventType.TRANSFER_STARTED,
            EventType.TRANSFER_BLIND,
            EventType.TRANSFER_ATTENDED,
            EventType.TRANSFER_RECEIVED,
            EventType.TRANSFER_COMPLETED,
            EventType.TRANSFER_FAILED);

    private final Random random;
    private final SequencesWords words;
    private final CallVariables variables;
    private final boolean withAll;
    private final boolean withTimes;
    private final String idForm;
    private final List<OwnCall> calls = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private final List<Report> out = new ArrayList<>();
    private int begun;
    private Instant now = Instant.parse("2026-11-21T08:15:30Z");

    /**
     * One request on its way.
     *
     * @param said what of the call can be read from it
     * @param answered what it says of the answer, where it does
     */
    record Report(EventType type, CallInfo written, CallInfo said, Optional<Boolean> answered) {}

    /** A request that the network holds back. */
    private record Late(Report report, Instant due) {}

    /** A call as the phone knows it. */
    private static final class OwnCall {
        private final String id;
        private final Direction way;
        private String number;
        private boolean talked;
        private boolean held;

        OwnCall(String id, Direction way, String number) {
            this.id = id;
            this.way = way;
            this.number = number;
        }
    }

    SequencesPhone(PhoneBinding binding, SequencesWords words, Random random) {
        this.random = random;
        this.words = words;
        this.variables = binding.events().callVariables();
        withAll = random.nextInt(3) > 0;
        withTimes = random.nextBoolean();
        idForm = any(List.of("TC@%d", "c%d@192.168.20.22", "2843c1f9-1f8b-375a-0e01-e8682f222c1%d", "%d"));
    }

    Instant now() {
        return now;
    }

    /** Does something, and hands over what arrives of it. */
    List<Report> step() {
        now = now.plus(Duration.ofMillis(random.nextInt(1500)));
        out.clear();
        deliverLate();
        if (calls.size() < MAX_CALLS && random.nextInt(3) == 0) {
            begin();
        } else if (calls.isEmpty() || random.nextInt(8) == 0) {
            beside();
        } else {
            live(any(calls));
        }
        return List.copyOf(out);
    }

    /** Ends what is left, and hands over that and all that is late. */
    List<Report> end() {
        out.clear();
        List.copyOf(calls).forEach(this::end);
        deliverAll();
        return List.copyOf(out);
    }

    private void deliverLate() {
        late.stream().filter(held -> !held.due().isAfter(now)).forEach(held -> out.add(held.report()));
        late.removeIf(held -> !held.due().isAfter(now));
    }

    private void deliverAll() {
        late.forEach(held -> out.add(held.report()));
        late.clear();
    }

    private void begin() {
        Direction way = any(List.of(Direction.values()));
        OwnCall call = new OwnCall(freeId(), way, "" + (40 + random.nextInt(9)));
        calls.add(call);
        EventType type = way == Direction.INBOUND ? EventType.CALL_INCOMING : EventType.CALL_OUTGOING;
        for (int times = random.nextInt(20) == 0 ? random.nextInt(3) : 1; times > 0; times--) {
            out.add(report(type, call, true));
        }
    }

    /** Few ids, used again and again; but where the sides depend on the way, as by SIP, an id is never used twice. */
    private String freeId() {
        List<String> free = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            String id = idForm.formatted(variables.byRole() ? begun++ : i);
            if (calls.stream().noneMatch(call -> call.id.equals(id))) {
                free.add(id);
            }
        }
        return any(free);
    }

    private void live(OwnCall call) {
        switch (random.nextInt(6)) {
            case 0 -> end(call);
            case 1 -> between(call);
            default -> talk(call);
        }
    }

    private void talk(OwnCall call) {
        boolean first = !call.talked;
        boolean resumed = call.held;
        call.talked = true;
        call.held = !first && !resumed;
        if (call.held) {
            send(EventType.CALL_HELD, call);
        } else if (resumed && words.has(EventType.CALL_RESUMED)) {
            send(EventType.CALL_RESUMED, call);
        } else if (first && words.has(EventType.CALL_WAITING_ANSWERED) && random.nextBoolean()) {
            send(EventType.CALL_WAITING_ANSWERED, call);
        } else {
            send(EventType.CALL_CONNECTED, call);
        }
    }

    private void between(OwnCall call) {
        EventType type = any(BETWEEN);
        if (type == EventType.CALL_UPDATED || type == EventType.TRANSFER_RECEIVED) {
            call.number = "" + (50 + random.nextInt(9));
        }
        send(type, call);
    }

    /** All ends that a phone may send for one call, in any order, each perhaps twice; one arrives for sure. */
    private void end(OwnCall call) {
        calls.remove(call);
        List<EventType> ends = new ArrayList<>();
        for (EventType type : ENDS) {
            boolean fits = type == EventType.CALL_ENDED || (call.way == Direction.INBOUND && !call.talked);
            if (words.has(type) && fits && random.nextInt(3) > 0) {
                ends.add(type);
            }
        }
        if (ends.isEmpty()) {
            ends.add(EventType.CALL_ENDED);
        }
        Collections.shuffle(ends, random);
        out.add(report(ends.get(0), call, withAll));
        ends.stream().skip(random.nextInt(2)).forEach(type -> send(type, call));
    }

    /** What has nothing to do with a call. */
    private void beside() {
        List<EventType> types = words.all().stream()
                .filter(type -> !type.isOfCall() && (type != EventType.DEVICE_BOOTED || random.nextInt(9) == 0))
                .toList();
        if (types.isEmpty()) {
            return;
        }
        EventType type = any(types);
        if (type == EventType.DEVICE_BOOTED) {
            deliverAll();
            calls.clear();
            now = now.plusSeconds(30);
        }
        out.add(new Report(type, CallInfo.NONE, CallInfo.NONE, Optional.empty()));
    }

    /** One request, which may get lost, be late, or come once more. */
    private void send(EventType type, OwnCall call) {
        if (!words.has(type)) {
            return;
        }
        Report report = report(type, call, withAll);
        int fate = random.nextInt(20);
        if (fate > 1) {
            out.add(report);
        }
        if (fate == 1 || fate == 2) {
            late.add(new Late(report, now.plusMillis(random.nextInt(7000))));
        }
        if (fate == 3) {
            out.add(report);
        }
    }

    private Report report(EventType type, OwnCall call, boolean all) {
        Optional<String> id = Optional.of(call.id);
        Optional<String> none = Optional.empty();
        if (!all) {
            CallInfo bare = new CallInfo(id, none, Optional.empty(), none, none, none, none);
            return new Report(type, bare, bare, Optional.empty());
        }
        Optional<Direction> way = Optional.of(call.way);
        Optional<Direction> told = way.filter(any -> !variables.directions().isEmpty());
        Optional<String> shown = Optional.of(decorated(call.number));
        Optional<String> name = Optional.of("Peter " + call.number);
        Optional<Boolean> answered = Optional.of(call.talked)
                .filter(any -> withTimes && variables.answered().isPresent());
        return new Report(
                type,
                new CallInfo(id, none, way, shown, name, Optional.of("101"), Optional.of("1")),
                new CallInfo(id, none, told, Optional.of(call.number), name, none, none),
                answered);
    }

    /** The variable that tells of the answer, as the phone fills it in. */
    Map<String, String> times(Report report) {
        return variables
                .answered()
                .flatMap(at ->
                        report.answered().map(yes -> Map.of(at.name(), yes ? "2026-11-21T08-15-30" : at.never())))
                .orElse(Map.of());
    }

    private String decorated(String number) {
        return any(
                List.of(number, "sip:" + number + "@10.0.0.9", "\"Peter\" <sip:" + number + "@10.0.0.9;user=phone>"));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
