package org.bellwire.trigger;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bellwire.api.CallInfo;
import org.bellwire.api.DialNumber;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;

/**
 * One run of a trigger that dials: all its phones call the first number, then the next, until a call is answered. Before the next
 * number, and once one call is answered, the others are hung up. Used on the triggers' thread only.
 */
final class DialRun implements TriggerRun {

    /** So long a phone may take to put down before the next number is dialled. */
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** A call that nobody wants is hung up so long after the phone took the order: before, it may not have begun. */
    private static final Duration LATE_HANGUP = Duration.ofSeconds(1);

    private enum State {
        RINGING,
        SETTLING,
        DONE
    }

    private final TriggerSettings settings;
    private final List<PhoneId> phones;
    private final PhoneOrders orders;
    private final Consumer<Ending> end;
    private final List<TriggerStep> steps = new ArrayList<>();
    private List<PlacedCall> calls = List.of();
    private State state = State.RINGING;
    private PhoneOrders.Alarm alarm = PhoneOrders.Alarm.NONE;
    private int tried;

    /** @param phones without groups */
    DialRun(TriggerSettings settings, List<PhoneId> phones, PhoneOrders orders, Consumer<Ending> end) {
        this.settings = settings;
        this.phones = phones;
        this.orders = orders;
        this.end = end;
    }

    @Override
    public void start() {
        next();
    }

    @Override
    public List<PhoneId> phones() {
        return phones;
    }

    @Override
    public boolean isDone() {
        return state == State.DONE;
    }

    @Override
    public boolean hasCalls() {
        return calls.stream().anyMatch(call -> !call.isSettled());
    }

    private void next() {
        int count = settings.dial().size();
        if (tried == count * settings.rounds()) {
            finish(TriggerResult.Kind.NOBODY, Optional.empty(), whyNobody());
            return;
        }
        DialNumber number = settings.dial().get(tried % count);
        int round = tried / count + 1;
        tried++;
        state = State.RINGING;
        calls = phones.stream()
                .map(phone -> new PlacedCall(phone, number, round))
                .toList();
        alarm = orders.after(Duration.ofSeconds(settings.ringSeconds()), this::giveUp);
        for (PlacedCall call : calls) {
            orders.order(call.phone(), "dial", number.value(), result -> ordered(call, result));
        }
    }

    private void ordered(PlacedCall call, Result result) {
        call.ordered(result);
        if (call.isUnwanted() && call.stands()) {
            orders.after(LATE_HANGUP, () -> hangUp(call));
        } else {
            look();
        }
    }

    @Override
    public void happened(PhoneId phone, EventType type, CallInfo info) {
        for (PlacedCall call : calls) {
            if (call.phone().equals(phone) && call.happened(type, info) && state != State.DONE) {
                answered(call);
                return;
            }
        }
        look();
    }

    /** Goes on when nothing more can come of the calls. */
    private void look() {
        if (state != State.DONE && calls.stream().allMatch(PlacedCall::isOver)) {
            alarm.cancel();
            collect();
            next();
        }
    }

    /** Nobody answered in time. */
    private void giveUp() {
        state = State.SETTLING;
        alarm = orders.after(SETTLE, this::settled);
        hangUpAll();
        look();
    }

    private void settled() {
        if (state == State.SETTLING) {
            collect();
            next();
        }
    }

    private void answered(PlacedCall call) {
        calls.stream().filter(other -> other != call).forEach(this::unwanted);
        finish(TriggerResult.Kind.ANSWERED, Optional.of(call), Optional.empty());
    }

    @Override
    public Ending cancel() {
        alarm.cancel();
        boolean running = state != State.DONE;
        hangUpAll();
        if (running) {
            collect();
            state = State.DONE;
        }
        return new Ending(
                TriggerResult.Kind.CANCELLED,
                running ? Optional.empty() : Optional.of("the call that was answered is hung up"),
                Optional.empty(),
                Optional.empty(),
                running ? steps : calls.stream().map(PlacedCall::step).toList());
    }

    private void hangUpAll() {
        calls.forEach(this::unwanted);
    }

    private void unwanted(PlacedCall call) {
        call.unwanted();
        if (call.stands()) {
            hangUp(call);
        }
    }

    /** Never somebody else's call: one that is over, or beside which the phone has another, is left alone. */
    private void hangUp(PlacedCall call) {
        OtherCalls others = OtherCalls.of(orders.states(call.phone()), call);
        if (!call.stands() || call.isSettled()) {
            return;
        }
        if (others == OtherCalls.GONE) {
            call.gone();
            return;
        }
        if (others == OtherCalls.BUSY) {
            call.hungUp("left");
            call.note("not hung up: the phone is in another call");
            return;
        }
        call.hungUp("hung_up");
        String payload = call.callId().map(DialRun::ofCall).orElse("PRESS");
        orders.order(call.phone(), "hangup", payload, result -> {
            if (result.status() != Status.ACCEPTED) {
                call.note("hangup: " + result.status().wire()
                        + result.detail().map(why -> ", " + why).orElse(""));
            }
            look();
        });
    }

    private static String ofCall(String id) {
        JsonObject payload = new JsonObject();
        payload.addProperty("call", id);
        return payload.toString();
    }

    private void collect() {
        calls.forEach(call -> steps.add(call.step()));
        if (steps.size() > TriggerResult.MAX_STEPS) {
            steps.subList(0, steps.size() - TriggerResult.MAX_STEPS).clear();
        }
    }

    private Optional<String> whyNobody() {
        boolean placed = steps.stream().anyMatch(step -> step.status().equals("accepted"));
        return placed ? Optional.empty() : Optional.of("no phone could place a call: see what became of the steps");
    }

    private void finish(TriggerResult.Kind kind, Optional<PlacedCall> answered, Optional<String> detail) {
        alarm.cancel();
        if (answered.isPresent()) {
            collect();
        }
        state = State.DONE;
        end.accept(new Ending(
                kind,
                detail,
                answered.map(PlacedCall::phone),
                answered.map(call -> call.number().value()),
                steps));
    }
}
