package org.bellwire.trigger;

import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;

/** The call that one phone was told to place, by what its events say of it. Used on the triggers' thread only. */
final class PlacedCall {

    /** Numbers that end alike are the same call: a PBX puts prefixes before them. */
    private static final int ENOUGH_DIGITS = 2;

    private final PhoneId phone;
    private final DialNumber number;
    private final int round;
    private Optional<Result> ordered = Optional.empty();
    private Optional<String> callId = Optional.empty();
    private Optional<String> end = Optional.empty();
    private Optional<String> note = Optional.empty();
    private boolean seen;
    private boolean answered;
    private boolean over;
    private boolean unwanted;
    private boolean hungUp;

    PlacedCall(PhoneId phone, DialNumber number, int round) {
        this.phone = phone;
        this.number = number;
        this.round = round;
    }

    PhoneId phone() {
        return phone;
    }

    DialNumber number() {
        return number;
    }

    Optional<String> callId() {
        return callId;
    }

    /** The phone's answer to the command. */
    void ordered(Result result) {
        ordered = Optional.of(result);
        note = result.detail();
    }

    boolean isOrdered() {
        return ordered.isPresent();
    }

    /** There is a call, or may be one, that can be hung up. */
    boolean stands() {
        boolean placed = seen
                || ordered.filter(result -> result.status() == Status.ACCEPTED).isPresent();
        return placed && !over;
    }

    /** Nothing more can come of it. */
    boolean isOver() {
        return over || (ordered.isPresent() && !stands());
    }

    boolean isSeen() {
        return seen;
    }

    /** It was hung up, or has ended: nothing more is to be done about it. */
    boolean isSettled() {
        return hungUp || isOver();
    }

    void hungUp(String how) {
        hungUp = true;
        ends(how);
    }

    void gone() {
        over = true;
        ends("ended");
    }

    /** Nobody wants it any more: it is to be hung up as soon as it can be. */
    void unwanted() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    private void ends(String how) {
        if (end.isEmpty()) {
            end = Optional.of(how);
        }
    }

    void note(String why) {
        note = Optional.of(why);
    }

    /** The phone reports something of a call; true if that is this call and it was answered now. */
    boolean happened(EventType type, CallInfo info) {
        if (!isThis(info)) {
            return false;
        }
        switch (type) {
            case CALL_OUTGOING -> saw(info);
            case CALL_CONNECTED -> {
                saw(info);
                boolean news = !answered && !over;
                answered |= news;
                return news;
            }
            case CALL_ENDED, CALL_REJECTED -> {
                boolean known = seen || ordered.isPresent();
                over |= known;
                if (known) {
                    ends("ended");
                }
            }
            default -> {}
        }
        return false;
    }

    private void saw(CallInfo info) {
        seen = true;
        callId = callId.or(info::id);
    }

    private boolean isThis(CallInfo info) {
        if (info.direction().filter(way -> way == Direction.INBOUND).isPresent()) {
            return false;
        }
        if (callId.isPresent() && info.id().isPresent()) {
            return callId.equals(info.id());
        }
        return info.number().map(this::isSame).orElse(true);
    }

    boolean isSame(String reported) {
        String mine = number.value();
        boolean enough = Math.min(mine.length(), reported.length()) >= ENOUGH_DIGITS;
        return mine.equalsIgnoreCase(reported) || (enough && (mine.endsWith(reported) || reported.endsWith(mine)));
    }

    TriggerStep step() {
        String status = ordered.map(result -> result.status().wire()).orElse("unknown");
        Optional<String> how = answered ? Optional.of("answered") : end;
        return new TriggerStep(phone, "dial", number.value(), round, status, how, note);
    }
}
