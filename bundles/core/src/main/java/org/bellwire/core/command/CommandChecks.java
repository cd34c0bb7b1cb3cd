package org.bellwire.core.command;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneRates;
import org.bellwire.core.registry.PhoneRegistry;

/** Whether a command may be sent: when it comes, and again when its turn has come. */
final class CommandChecks {

    private final PhoneRegistry registry;
    private final Supplier<CommandRules> rules;
    private final LongSupplier nanos;

    /** @param rules those that hold at this moment */
    CommandChecks(PhoneRegistry registry, Supplier<CommandRules> rules, LongSupplier nanos) {
        this.registry = registry;
        this.rules = rules;
        this.nanos = nanos;
    }

    /** What came of the checks. */
    sealed interface Finding {}

    /**
     * Nothing speaks against the command: it goes on its way to its phone.
     *
     * @param after what it goes on with, if it dials
     * @param of the call that it goes on with, if it is what a {@code dial} asked for
     */
    record Accepted(
            PendingCommand pending,
            Phone phone,
            CommandRow row,
            Command command,
            CommandPayload payload,
            DialFollowUp after,
            Optional<DialedCall> of)
            implements Finding {

        /** The same, which only makes sense during this call. */
        Accepted during(DialedCall call) {
            return new Accepted(pending, phone, row, command, payload, after, Optional.of(call));
        }
    }

    /** Nothing speaks against the command, and Bellwire carries it out itself. */
    record Own(PendingCommand pending, Phone phone, Command command, CommandPayload payload) implements Finding {}

    /** The command goes no further. */
    record Rejected(Status status, String why) implements Finding {}

    /** Checks a command that has come; a call counts for the phone's rate. */
    Finding check(PendingCommand pending) {
        String id = pending.order().phone();
        Optional<Phone> phone = registry.index().byId(id);
        Optional<String> root = pending.order().origin().root();
        if (phone.isPresent()
                && !root.orElse(phone.get().site().root())
                        .equals(phone.get().site().root())) {
            return refused(unknown(id)); // a tenant learns nothing of another's phones
        }
        return phone.map(known -> check(pending, known)).orElseGet(() -> refused(whyUnknown(id, root)));
    }

    /** The phone as its file says now; empty where it was removed, or is another phone's now. */
    Optional<Phone> asItIsNow(Phone phone) {
        return registry.index().byId(phone.id()).filter(now -> now.session() == phone.session());
    }

    /** The pause between two key presses, in milliseconds. */
    int keyGapMs(Address address) {
        return rules.get().keyGapMs().orElse(address.access().keyGapMs());
    }

    private Finding check(PendingCommand pending, Phone phone) {
        Optional<CommandName> name = CommandName.ofWire(pending.order().command());
        if (name.filter(phone.binding().commandNames()::contains).isEmpty()) {
            return new Rejected(Status.UNSUPPORTED, "this vendor has: " + commandsOf(phone));
        }
        CommandPayload.Reading reading = pending.reading();
        if (reading.payload().isEmpty()) {
            return refused(reading.fault());
        }
        try {
            CommandPayload payload = reading.payload().get();
            Command command = payload.as(name.orElseThrow());
            if (command.name().isOwn()) {
                return new Own(pending, phone, command, payload);
            }
            CommandRow row = phone.binding().commands().find(command.name()).orElseThrow();
            DialFollowUp after = command.name() == CommandName.DIAL ? payload.afterDial() : DialFollowUp.NOTHING;
            Optional<String> objection = objection(phone, command)
                    .or(() -> after.objection(phone.binding().commands()))
                    .or(() -> tooOften(phone, command));
            return objection.isPresent()
                    ? refused(objection.get())
                    : new Accepted(pending, phone, row, command, payload, after, Optional.empty());
        } catch (MalformedPayloadException e) {
            return refused(e.reason());
        }
    }

    private static Finding refused(String why) {
        return new Rejected(Status.REFUSED, why);
    }

    private String whyUnknown(String id, Optional<String> root) {
        Optional<String> fault =
                root.orElse("").isEmpty() ? registry.find(id).flatMap(status -> status.fault()) : Optional.empty();
        return fault.orElse(unknown(id));
    }

    private String unknown(String id) {
        return registry.isIncomplete()
                ? "starting: not all phones' files have been read yet"
                : "there is no phone '" + id + "'";
    }

    private static String commandsOf(Phone phone) {
        return phone.binding().commandNames().stream().map(CommandName::wire).collect(Collectors.joining(" "));
    }

    /** What forbids a command whenever it is sent. */
    Optional<String> objection(Phone phone, Command command) {
        DialPolicy current = rules.get().policy();
        if (command.name().mustBeAllowed() && !phone.allows(command.name())) {
            return Optional.of("not allowed: add allow = " + command.name().wire() + " to the phone's file");
        }
        if (command.number().filter(current::denies).isPresent()
                || TypedDigits.of(command, phone).stream().anyMatch(current::denies)) {
            return Optional.of("this number is never dialled: edit deny in org.bellwire.line.cfg if it should be");
        }
        return phone.address().isEmpty() ? Optional.of("the phone's file has no host") : Optional.empty();
    }

    /** Something that these requests hold is not in the phone's file. */
    static Optional<String> missing(Address to, List<PhoneRequest> requests) {
        return Stream.of(Credential.values())
                .filter(one -> requests.stream().anyMatch(request -> request.holds(one)))
                .filter(one -> to.reveal(one).isEmpty())
                .findFirst()
                .map(one -> "the phone's file has no " + one.key() + ", which this vendor's requests need");
    }

    private Optional<String> tooOften(Phone phone, Command command) {
        PhoneRates rates = phone.session().rates();
        long now = nanos.getAsLong();
        boolean dials = command.number().isPresent() || command.name() == CommandName.REDIAL;
        if (dials
                && command.name().dials()
                && !rates.mayDial(rules.get().policy().perPhone(), now)) {
            return Optional.of("rate: more calls than rate.dial in org.bellwire.line.cfg");
        }
        return command.name() == CommandName.OPEN && !rates.mayOpen(rules.get().openings(), now)
                ? Optional.of("rate: more openings than rate.open in org.bellwire.line.cfg")
                : Optional.empty();
    }
}
