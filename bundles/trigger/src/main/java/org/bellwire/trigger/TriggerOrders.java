package org.bellwire.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Phones;
import org.bellwire.api.runtime.Timing;

/** The phones and the time, as the runs of one trigger see them. */
record TriggerOrders(Origin.Trigger trigger, Commands commands, Phones phones, Timing time) implements PhoneOrders {

    /** A command has its result in 20 s whatever happens to it. */
    private static final long RESULT_S = 30;

    @Override
    public void order(PhoneId phone, String command, String payload, Consumer<Result> then) {
        long since = time.nanos().getAsLong();
        CommandOrder order = new CommandOrder(phone.value(), command, payload, trigger);
        CompletableFuture<Result> first = new CompletableFuture<>();
        Alarm late = after(Duration.ofSeconds(RESULT_S), () -> first.complete(missing(order, since)));
        commands.carryOut(order)
                .whenComplete((came, failure) -> first.complete(failure == null ? came : missing(order, since)));
        first.thenAccept(came -> time.timer().execute(() -> {
            late.cancel();
            TriggerTask.safely(() -> then.accept(came));
        }));
    }

    private Result missing(CommandOrder order, long since) {
        return new Result(
                Optional.empty(),
                order.phone(),
                order.command(),
                Status.FAILED,
                OptionalInt.empty(),
                Optional.of("no result came"),
                time.clock().instant(),
                TimeUnit.NANOSECONDS.toMillis(time.nanos().getAsLong() - since));
    }

    @Override
    public Map<Property, String> states(PhoneId phone) {
        return phones.find(phone.value()).map(Phones.PhoneStatus::states).orElse(Map.of());
    }

    @Override
    public Alarm after(Duration wait, Runnable action) {
        Future<?> task = time.timer().schedule(() -> TriggerTask.safely(action), wait.toNanos(), TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }
}
