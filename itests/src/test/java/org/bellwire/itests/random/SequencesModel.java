package org.bellwire.itests.random;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.EventTable;

/**
 * What a phone's calls must be after requests that all carry a call's id. Written from the contract and too simple to be
 * wrong: one map of the calls that live, one of those that are over.
 */
final class SequencesModel {

    private static final Duration LATE = Duration.ofSeconds(10);
    private static final Duration OVERTAKEN = Duration.ofSeconds(2);

    private final EventTable table;
    private final Map<String, Life> living = new LinkedHashMap<>();
    private final Map<String, Ended> over = new HashMap<>();
    /** Those that an idle line ended: what comes of them after that shows that they live. */
    private final Map<String, Life> idle = new HashMap<>();

    /** Calls that were missed, so that the phone's own word for it is nothing new. */
    private final Set<String> missed = new HashSet<>();

    private boolean told;

    /** A call from its first event to its end; its side is sure once its begin was heard, or an event names it. */
    private static final class Life {
        private CallState state = CallState.IDLE;
        private Optional<Direction> direction = Optional.empty();
        private Optional<String> number = Optional.empty();
        private boolean talked;
        private Instant heard = Instant.MIN;

        private void hear(CallInfo said, Instant now) {
            number = said.number().isPresent() ? said.number() : number;
            heard = now;
        }
    }

    /** A call after its end. */
    private record Ended(Instant time, Optional<Direction> direction, Optional<String> number, boolean talked) {
        private boolean mayBe(Direction way, Optional<String> said) {
            return direction.orElse(way) == way && (number.isEmpty() || said.isEmpty() || number.equals(said));
        }
    }

    SequencesModel(EventTable table) {
        this.table = table;
    }

    /** Takes an event in; yields the events that must be published for it. */
    List<EventType> take(EventType type, CallInfo said, Optional<Boolean> answered, Instant now) {
        if (type == EventType.DEVICE_BOOTED || type == EventType.LINE_IDLE) {
            return endAll(type, now);
        }
        String id = said.id().orElse("");
        return switch (type) {
            case CALL_INCOMING -> begin(type, id, Direction.INBOUND, said, now);
            case CALL_OUTGOING -> begin(type, id, Direction.OUTBOUND, said, now);
            case CALL_CONNECTED, CALL_WAITING_ANSWERED, CALL_RESUMED -> move(type, id, CallState.CONNECTED, said, now);
            case CALL_HELD -> move(type, id, CallState.HELD, said, now);
            case CALL_ENDED, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> end(type, id, said, answered, now);
            case CALL_UPDATED, CALL_HELD_BY_PEER, CALL_RESUMED_BY_PEER, TRANSFER_RECEIVED -> {
                Optional.ofNullable(living.get(id)).ifPresent(life -> life.hear(said, now));
                yield List.of(type);
            }
            default -> List.of(type);
        };
    }

    /** The calls are over, and each end is told, since no report tells it. */
    private List<EventType> endAll(EventType type, Instant now) {
        told |= type == EventType.DEVICE_BOOTED;
        List<EventType> facts = new ArrayList<>();
        living.forEach((id, life) -> {
            facts.add(EventType.CALL_ENDED);
            if (type == EventType.DEVICE_BOOTED) {
                over.put(id, new Ended(now, life.direction, life.number, life.talked));
            } else {
                idle.put(id, life);
            }
        });
        living.clear();
        facts.add(type);
        return facts;
    }

    private List<EventType> begin(EventType type, String id, Direction way, CallInfo said, Instant now) {
        told = true;
        Ended before = over.get(id);
        if (before != null && before.time().isAfter(now.minus(OVERTAKEN)) && before.mayBe(way, said.number())) {
            over.put(
                    id, new Ended(before.time(), Optional.of(way), said.number().or(before::number), before.talked()));
            boolean unheard = way == Direction.INBOUND && before.direction().isEmpty() && !before.talked();
            if (unheard && table.derives(EventType.CALL_MISSED)) {
                missed.add(id);
                return List.of(type, EventType.CALL_MISSED);
            }
            return List.of(type);
        }
        missed.remove(id);
        over.remove(id);
        idle.remove(id);
        List<EventType> facts = new ArrayList<>();
        Life life = living.computeIfAbsent(id, any -> new Life());
        boolean otherWay = life.direction.filter(known -> known != way).isPresent();
        boolean otherNumber =
                life.number.isPresent() && said.number().isPresent() && !life.number.equals(said.number());
        boolean stale = !life.heard.equals(Instant.MIN) && !life.heard.isAfter(now.minus(LATE));
        if (otherWay || otherNumber || stale) {
            facts.add(EventType.CALL_ENDED);
            living.remove(id);
            life = new Life();
            living.put(id, life);
        }
        life.direction = Optional.of(way);
        life.hear(said, now);
        if (!life.talked) {
            life.state = way == Direction.INBOUND ? CallState.RINGING : CallState.DIALING;
        }
        facts.add(type);
        return facts;
    }

    private List<EventType> move(EventType type, String id, CallState state, CallInfo said, Instant now) {
        told = true;
        if (!living.containsKey(id) && isJustOver(id, now)) {
            return List.of(type);
        }
        missed.remove(id);
        over.remove(id);
        Optional.ofNullable(idle.remove(id)).ifPresent(life -> living.put(id, life));
        Life life = living.computeIfAbsent(id, any -> new Life());
        boolean resumed = type == EventType.CALL_CONNECTED && life.state == CallState.HELD;
        life.state = state;
        life.talked = true;
        life.direction = life.direction.or(said::direction);
        life.hear(said, now);
        return List.of(resumed && table.derives(EventType.CALL_RESUMED) ? EventType.CALL_RESUMED : type);
    }

    private List<EventType> end(EventType type, String id, CallInfo said, Optional<Boolean> answered, Instant now) {
        told = true;
        Optional<Life> life = Optional.ofNullable(living.remove(id)).or(() -> Optional.ofNullable(idle.get(id)));
        idle.remove(id);
        boolean first = life.isPresent() || !over.containsKey(id);
        Optional<Direction> way = life.flatMap(known -> known.direction).or(said::direction);
        boolean talked = answered.orElse(life.filter(known -> !known.talked).isEmpty());
        Optional<Ended> before = Optional.ofNullable(over.get(id)).filter(end -> life.isEmpty() && isJustOver(id, now));
        Optional<Direction> known = before.flatMap(Ended::direction).or(() -> way);
        Optional<String> heard = life.flatMap(l -> l.number).or(() -> before.flatMap(Ended::number));
        over.put(
                id,
                new Ended(
                        now,
                        known.or(() -> ends(type)),
                        said.number().or(() -> heard),
                        life.map(l -> l.talked)
                                .orElse(before.filter(Ended::talked).isPresent())));
        boolean nothingNew = type == EventType.CALL_MISSED
                && table.derives(EventType.CALL_MISSED)
                && life.isEmpty()
                && missed.contains(id);
        if (type != EventType.CALL_ENDED || before.isEmpty()) {
            missed.remove(id);
        }
        List<EventType> facts = new ArrayList<>(nothingNew ? List.of() : List.of(type));
        if (type == EventType.CALL_MISSED) {
            missed.add(id);
        }
        if (type == EventType.CALL_ENDED
                && table.derives(EventType.CALL_MISSED)
                && first
                && !talked
                && way.equals(Optional.of(Direction.INBOUND))) {
            facts.add(EventType.CALL_MISSED);
            missed.add(id);
        }
        return facts;
    }

    /** Only who is called misses, rejects and forwards. */
    private static Optional<Direction> ends(EventType type) {
        return type == EventType.CALL_ENDED ? Optional.empty() : Optional.of(Direction.INBOUND);
    }

    private boolean isJustOver(String id, Instant now) {
        return Optional.ofNullable(over.get(id))
                .filter(end -> end.time().isAfter(now.minus(LATE)))
                .isPresent();
    }

    /** An event told where the phone's calls stand. */
    boolean isTold() {
        return told;
    }

    boolean isIdle() {
        return living.isEmpty();
    }

    String call() {
        return speaking().map(life -> life.state.wire()).orElse("idle");
    }

    /** {@code id state} of each call, in order. */
    List<String> calls() {
        return living.entrySet().stream()
                .map(call -> call.getKey() + " " + call.getValue().state.wire())
                .toList();
    }

    /** The direction of the call that speaks; empty when it is not sure. */
    Optional<Direction> direction() {
        return speaking().flatMap(life -> life.direction);
    }

    /** The number of the call that speaks; empty when its side is not sure. */
    Optional<String> number() {
        return speaking().filter(life -> life.direction.isPresent()).flatMap(life -> life.number);
    }

    private Optional<Life> speaking() {
        List<Life> first = new ArrayList<>(living.values());
        Collections.reverse(first);
        Optional<Life> newest = first.stream().min(Comparator.comparing(life -> life.state));
        return newest.filter(life -> life.state == CallState.RINGING)
                .or(() -> living.values().stream().min(Comparator.comparing(life -> life.state)));
    }
}
