package org.bellwire.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Status;

/** One run of a trigger that has a command: once to each of its phones. Used on the triggers' thread only. */
final class CommandRun implements TriggerRun {

    private final TriggerSettings settings;
    private final List<PhoneId> phones;
    private final PhoneOrders orders;
    private final Consumer<Ending> end;
    private final List<TriggerStep> steps = new ArrayList<>();

    CommandRun(TriggerSettings settings, List<PhoneId> phones, PhoneOrders orders, Consumer<Ending> end) {
        this.settings = settings;
        this.phones = phones;
        this.orders = orders;
        this.end = end;
    }

    @Override
    public void start() {
        String command = settings.command().orElseThrow();
        phones.forEach(phone -> orders.order(phone, command, settings.value(), result -> came(phone, command, result)));
    }

    private void came(PhoneId phone, String command, Result result) {
        steps.add(new TriggerStep(
                phone, command, settings.value(), 1, result.status().wire(), Optional.empty(), result.detail()));
        if (isDone()) {
            long accepted = steps.stream()
                    .filter(step -> step.status().equals(Status.ACCEPTED.wire()))
                    .count();
            end.accept(new Ending(
                    accepted > 0 ? TriggerResult.Kind.CARRIED_OUT : TriggerResult.Kind.FAILED,
                    Optional.of(accepted + " of " + phones.size() + " accepted"),
                    Optional.empty(),
                    Optional.empty(),
                    steps));
        }
    }

    @Override
    public List<PhoneId> phones() {
        return phones;
    }

    @Override
    public boolean isDone() {
        return steps.size() == phones.size();
    }

    @Override
    public boolean hasCalls() {
        return false;
    }

    @Override
    public void happened(PhoneId phone, EventType type, CallInfo info) {
        // Its results tell all.
    }

    /** What a phone was told cannot be taken back. */
    @Override
    public Ending cancel() {
        return Ending.ignored("a command that was sent is not taken back");
    }
}
