package org.bellwire.simulator;

import static org.bellwire.api.EventType.*;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.simulator.KeyMeaning.Meaning;

/**
 * The phone's state, and what happens when it is told something. It has one call at a time. What happens may be more than the
 * vendor reports. Used by one thread.
 */
final class Handset {

    /** Something that the phone could report. */
    record Happening(EventType type, CallInfo call) {}

    private record Ongoing(CallState state, CallInfo info) {
        boolean is(CallState other) {
            return state == other;
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Profile.Identity identity;
    private Optional<Ongoing> call = Optional.empty();
    private Optional<StringBuilder> typed = Optional.empty();
    private String lastDialled = "";
    private boolean muted;
    private boolean disturbable = true;

    Handset(Profile.Identity identity) {
        this.identity = identity;
    }

    /** Does as it was told. A phone that has nothing to do for it does nothing, and says so to nobody. */
    List<Happening> obey(KeyMeaning instruction) {
        if (instruction.transferKey()) {
            return transferKey();
        }
        if (typed.isPresent() && instruction.key().filter(Handset::isDigit).isPresent()) {
            typed.get().append(instruction.key().orElseThrow());
            return List.of();
        }
        return choose(instruction.meanings()).map(this::carryOut).orElse(List.of());
    }

    /** Of a key that means several commands, the one that the state leaves sense to. */
    private Optional<Meaning> choose(List<Meaning> meanings) {
        return meanings.stream()
                .filter(meaning -> meanings.size() == 1 || makesSense(meaning.name()))
                .findFirst();
    }

    private boolean makesSense(CommandName name) {
        return switch (name) {
            case ANSWER, REJECT -> isCall(CallState.RINGING);
            case HANGUP -> call.isPresent() && !isCall(CallState.RINGING);
            case HOLD -> isCall(CallState.CONNECTED);
            case RESUME -> isCall(CallState.HELD);
            default -> true;
        };
    }

    private List<Happening> carryOut(Meaning meaning) {
        return switch (meaning.name()) {
            case DIAL -> dial(meaning.text());
            case REDIAL -> dial(lastDialled);
            case ANSWER -> isCall(CallState.RINGING) ? become(CallState.CONNECTED, CALL_CONNECTED) : List.of();
            case REJECT -> isCall(CallState.RINGING) ? end(CALL_REJECTED, CALL_ENDED, LINE_IDLE) : List.of();
            case HANGUP -> end(CALL_ENDED, LINE_IDLE);
            case HOLD -> isCall(CallState.CONNECTED) ? become(CallState.HELD, CALL_HELD) : List.of();
            case RESUME -> isCall(CallState.HELD) ? become(CallState.CONNECTED, CALL_RESUMED) : List.of();
            case TRANSFER -> transfer(meaning.text());
            case CONFERENCE -> isCall(CallState.CONNECTED) ? now(CONFERENCE_STARTED) : List.of();
            case MUTE -> mute(meaning.text());
            case DND -> disturb(meaning.text());
            case FORWARD_ALWAYS -> now(isOff(meaning) ? FORWARD_ALWAYS_OFF : FORWARD_ALWAYS_ON);
            case FORWARD_BUSY -> now(isOff(meaning) ? FORWARD_BUSY_OFF : FORWARD_BUSY_ON);
            case FORWARD_NO_ANSWER -> now(isOff(meaning) ? FORWARD_NO_ANSWER_OFF : FORWARD_NO_ANSWER_ON);
            case CALL_WAITING -> now(isOff(meaning) ? CALL_WAITING_OFF : CALL_WAITING_ON);
            case OPEN -> now(DOOR_OPENED);
            case REBOOT -> boot();
            default -> List.of();
        };
    }

    private static boolean isOff(Meaning meaning) {
        return meaning.text().equals("OFF");
    }

    List<Happening> boot() {
        call = Optional.empty();
        muted = false;
        return now(DEVICE_BOOTED, ACCOUNT_REGISTERED);
    }

    /** Dials, unless there is a call. */
    List<Happening> dial(String number) {
        if (call.isPresent() || number.isEmpty()) {
            return List.of();
        }
        lastDialled = number;
        begin(Direction.OUTBOUND, CallState.DIALING, number, Optional.empty());
        return now(CALL_OUTGOING, LINE_BUSY);
    }

    /** Somebody calls, unless there is a call. */
    List<Happening> ring(String number, String name) {
        if (call.isPresent()) {
            return List.of();
        }
        begin(Direction.INBOUND, CallState.RINGING, number, Optional.of(name));
        return now(CALL_INCOMING, LINE_BUSY);
    }

    /** The one who was dialled answers, if the phone still waits. */
    List<Happening> otherAnswers(Optional<String> callId) {
        boolean waits = isCall(CallState.DIALING) && info().id().equals(callId);
        return waits ? become(CallState.CONNECTED, CALL_CONNECTED) : List.of();
    }

    /** The other side hangs up: what rang until then is missed. */
    List<Happening> otherHangsUp() {
        return isCall(CallState.RINGING) ? end(CALL_ENDED, CALL_MISSED, LINE_IDLE) : end(CALL_ENDED, LINE_IDLE);
    }

    /** Takes on the state that an event tells of, so that what is reported by hand fits to what comes after it. */
    List<Happening> pretend(EventType type) {
        if (type.isOfCall() && call.isEmpty()) {
            boolean out = type == CALL_OUTGOING;
            begin(out ? Direction.OUTBOUND : Direction.INBOUND, CallState.RINGING, "42", Optional.of("Peter"));
        }
        switch (type) {
            case CALL_INCOMING -> become(CallState.RINGING);
            case CALL_OUTGOING -> become(CallState.DIALING);
            case CALL_CONNECTED, CALL_RESUMED -> become(CallState.CONNECTED);
            case CALL_HELD -> become(CallState.HELD);
            case MUTE_ON, MUTE_OFF -> muted = type == MUTE_ON;
            case DND_ON, DND_OFF -> disturbable = type == DND_OFF;
            default -> {}
        }
        boolean over = type == CALL_ENDED || type == CALL_MISSED || type == CALL_REJECTED || type == CALL_FORWARDED;
        return over ? end(type) : now(type);
    }

    CallInfo info() {
        return call.map(Ongoing::info)
                .orElseGet(() -> ownSide(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private List<Happening> transferKey() {
        if (!isCall(CallState.CONNECTED) && typed.isEmpty()) {
            return List.of();
        }
        Optional<String> number = typed.map(StringBuilder::toString);
        typed = number.isPresent() ? Optional.empty() : Optional.of(new StringBuilder());
        return number.map(this::transfer).orElse(List.of());
    }

    private List<Happening> transfer(String number) {
        if (!isCall(CallState.CONNECTED) && !isCall(CallState.HELD)) {
            return List.of();
        }
        CallInfo target = number.isEmpty()
                ? info()
                : ownSide(info().id(), info().direction(), Optional.of(number), Optional.empty());
        List<Happening> end = end(CALL_ENDED, LINE_IDLE);
        return List.of(
                new Happening(TRANSFER_STARTED, end.get(0).call()),
                new Happening(TRANSFER_BLIND, target),
                new Happening(TRANSFER_COMPLETED, target),
                end.get(0),
                end.get(1));
    }

    private List<Happening> mute(String wanted) {
        boolean on = wanted.equals("TOGGLE") ? !muted : wanted.equals("ON");
        if (call.isEmpty() || on == muted) {
            return List.of();
        }
        muted = on;
        return now(on ? MUTE_ON : MUTE_OFF);
    }

    private List<Happening> disturb(String wanted) {
        boolean leave = wanted.equals("TOGGLE") ? disturbable : wanted.equals("ON");
        disturbable = !leave;
        return now(leave ? DND_ON : DND_OFF);
    }

    private void begin(Direction direction, CallState state, String number, Optional<String> name) {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        Optional<String> id = Optional.of(HexFormat.of().formatHex(random));
        call = Optional.of(new Ongoing(state, ownSide(id, Optional.of(direction), Optional.of(number), name)));
    }

    private CallInfo ownSide(
            Optional<String> id, Optional<Direction> direction, Optional<String> number, Optional<String> name) {
        return new CallInfo(
                id,
                Optional.empty(),
                direction,
                number,
                name,
                Optional.of(identity.number()),
                Optional.of(identity.account()));
    }

    private List<Happening> become(CallState state, EventType... types) {
        call = call.map(ongoing -> new Ongoing(state, ongoing.info()));
        return now(types);
    }

    private List<Happening> end(EventType... types) {
        List<Happening> last = call.isPresent() ? now(types) : List.of();
        call = Optional.empty();
        typed = Optional.empty();
        muted = false;
        return last;
    }

    private List<Happening> now(EventType... types) {
        return List.of(types).stream().map(type -> new Happening(type, info())).toList();
    }

    private boolean isCall(CallState state) {
        return call.filter(ongoing -> ongoing.is(state)).isPresent();
    }

    private static boolean isDigit(String key) {
        return key.length() == 1 && "0123456789*#".contains(key);
    }
}
