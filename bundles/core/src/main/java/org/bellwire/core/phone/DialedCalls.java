package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;

/** The calls of a phone that commands have dialled and that somebody follows. At most {@value #MAX}: one more ends the oldest. */
public final class DialedCalls {

    private static final int MAX = 4;

    @GuardedBy("this")
    private final Deque<DialedCall> open = new ArrayDeque<>();

    /** One call from its dialling to its end. */
    public static final class DialedCall {
        private final String number;
        private final Runnable whenConnected;
        private volatile Optional<String> callId = Optional.empty();
        private volatile boolean begun;
        private volatile boolean overdue;
        private volatile boolean connected;
        private volatile boolean over;

        private DialedCall(String number, Runnable whenConnected) {
            this.number = number;
            this.whenConnected = whenConnected;
        }

        /** As the phone names it, if it does. */
        public Optional<String> callId() {
            return callId;
        }

        /** It has ended, or nobody follows it any more. */
        public boolean isOver() {
            return over;
        }

        public boolean isConnected() {
            return connected;
        }

        /** From now on a call that begins is another one. */
        public void overdue() {
            overdue = true;
        }

        private boolean isMeant(CallInfo call) {
            if (callId.isPresent() && call.id().isPresent()) {
                return callId.equals(call.id());
            }
            boolean inbound = call.direction().filter(Direction.INBOUND::equals).isPresent();
            return !inbound && call.number().map(this::isNumber).orElse(true);
        }

        /** Phones may report it with or without what they dial before it. */
        private boolean isNumber(String reported) {
            return reported.endsWith(number) || number.endsWith(reported);
        }
    }

    /** Follows the next call to this number. */
    public synchronized DialedCall follow(String number, Runnable whenConnected) {
        if (open.size() == MAX) {
            open.removeFirst().over = true;
        }
        DialedCall dialed = new DialedCall(number, whenConnected);
        open.add(dialed);
        return dialed;
    }

    public synchronized void forget(DialedCall dialed) {
        dialed.over = true;
        open.remove(dialed);
    }

    /** An event of the phone, in its order; without a lock of the phone. */
    public void happened(EventType type, CallInfo call) {
        Optional<DialedCall> connected = note(type, call);
        connected.ifPresent(dialed -> dialed.whenConnected.run());
    }

    /** Yields the call that is connected now and was not before. */
    private synchronized Optional<DialedCall> note(EventType type, CallInfo call) {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (type == EventType.CALL_OUTGOING) {
            // phones say that they obey also when they do not: who dials the number by hand later must not send the
            // tones
            open.stream()
                    .filter(dialed -> dialed.overdue && !dialed.begun)
                    .toList()
                    .forEach(this::forget);
        }
        Optional<DialedCall> meant =
                open.stream().filter(dialed -> dialed.isMeant(call)).findFirst();
        if (type == EventType.DEVICE_BOOTED) {
            open.forEach(dialed -> dialed.over = true);
            open.clear();
        } else if (type == EventType.CALL_OUTGOING || type == EventType.CALL_CONNECTED) {
            meant.ifPresent(dialed -> {
                dialed.begun = true;
                dialed.callId = dialed.callId.or(call::id);
            });
            boolean first = type == EventType.CALL_CONNECTED
                    && meant.filter(dialed -> !dialed.connected).isPresent();
            meant.filter(dialed -> first).ifPresent(dialed -> dialed.connected = true);
            return first ? meant : Optional.empty();
        } else if (CallEffect.ends(type)) {
            meant.ifPresent(this::forget);
        }
        return Optional.empty();
    }
}
