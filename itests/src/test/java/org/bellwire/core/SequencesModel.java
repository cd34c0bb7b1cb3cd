package org.bellwire.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final EventTable table;
    private final Map<String, Life> living = new LinkedHashMap<>();
    private final Map<String, Instant> over = new HashMap<>();
    private boolean told;

    /** A call from its first event to its end; its side is sure once its begin was heard. */
    private static final class Life {
        private CallState state = CallState.IDLE;
        private Optional<Direction> direction = Optional.empty();
        private Optional<String> number = Optional.empty();
        private boolean talked;

        private void hear(CallInfo said) {
            number = said.number().isPresent() ? said.number() : number;
        }
    }

    SequencesModel(EventTable table) {
        this.table = table;
    }

    /** Takes an event in; yields the events that must be published for it. */
    List<EventType> take(EventType type, CallInfo said, Optional<Boolean> answered, Instant now) {
        if (type == EventType.DEVICE_BOOTED) {
            living.clear();
            told = true;
        }
        String id = said.id().orElse("");
        return switch (type) {
            case CALL_INCOMING -> begin(type, id, Direction.INBOUND, said);
            case CALL_OUTGOING -> begin(type, id, Direction.OUTBOUND, said);
            case CALL_CONNECTED, CALL_WAITING_ANSWERED, CALL_RESUMED -> move(type, id, CallState.CONNECTED, said, now);
            case CALL_HELD -> move(type, id, CallState.HELD, said, now);
            case CALL_ENDED, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> end(type, id, said, answered, now);
            case CALL_UPDATED, TRANSFER_RECEIVED -> {
                Optional.ofNullable(living.get(id)).ifPresent(life -> life.hear(said));
                yield List.of(type);
            }
            default -> List.of(type);
        };
    }

    private List<EventType> begin(EventType type, String id, Direction way, CallInfo said) {
        told = true;
        over.remove(id);
        Life life = living.computeIfAbsent(id, any -> new Life());
        if (life.direction.filter(before -> before != way).isPresent()) {
            living.remove(id);
            life = new Life();
            living.put(id, life);
        }
        life.direction = Optional.of(way);
        life.hear(said);
        if (!life.talked) {
            life.state = way == Direction.INBOUND ? CallState.RINGING : CallState.DIALING;
        }
        return List.of(type);
    }

    private List<EventType> move(EventType type, String id, CallState state, CallInfo said, Instant now) {
        told = true;
        if (!living.containsKey(id) && isJustOver(id, now)) {
            return List.of(type);
        }
        over.remove(id);
        Life life = living.computeIfAbsent(id, any -> new Life());
        boolean resumed = type == EventType.CALL_CONNECTED && life.state == CallState.HELD;
        life.state = state;
        life.talked = true;
        life.hear(said);
        return List.of(resumed && table.derives(EventType.CALL_RESUMED) ? EventType.CALL_RESUMED : type);
    }

    private List<EventType> end(EventType type, String id, CallInfo said, Optional<Boolean> answered, Instant now) {
        told = true;
        Optional<Life> life = Optional.ofNullable(living.remove(id));
        boolean first = life.isPresent() || !over.containsKey(id);
        Optional<Direction> way = life.flatMap(known -> known.direction).or(said::direction);
        boolean talked = answered.orElse(life.filter(known -> !known.talked).isEmpty());
        over.put(id, now);
        List<EventType> facts = new ArrayList<>(List.of(type));
        if (type == EventType.CALL_ENDED
                && table.derives(EventType.CALL_MISSED)
                && first
                && !talked
                && way.equals(Optional.of(Direction.INBOUND))) {
            facts.add(EventType.CALL_MISSED);
        }
        return facts;
    }

    private boolean isJustOver(String id, Instant now) {
        return Optional.ofNullable(over.get(id))
                .filter(end -> end.isAfter(now.minus(LATE)))
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
        return living.values().stream().min(Comparator.comparing(life -> life.state));
    }
}
