package org.bellwire.shell;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.SimulatedPhones.Report;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.bellwire.shell.complete.EventNames;
import org.bellwire.shell.complete.SimulatedVendors;
import org.jspecify.annotations.Nullable;

/** {@code phone:simulate}. */
@Service
@Command(scope = "phone", name = "simulate", description = "Makes a simulated phone report an event")
@SuppressWarnings("NullAway.Init")
public final class SimulateCommand implements Action {

    private static final int PATIENCE_S = 15;

    @Reference(optional = true)
    @Nullable
    SimulatedPhones simulator;

    @Argument(index = 0, name = "vendor", description = "The vendor, or a simulated phone's id", required = true)
    @Completion(SimulatedVendors.class)
    String vendor;

    @Argument(index = 1, name = "event", description = "The event in the vendor's words", required = true)
    @Completion(EventNames.class)
    String event;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        SimulatedPhones phones = ShellServices.simulator(simulator);
        String phone = find(phones.all());
        Report report = await(phones, phone);
        String status =
                report.httpStatus().isPresent() ? "HTTP " + report.httpStatus().getAsInt() + ", " : "";
        System.out.println(SafeText.of(phone + ": " + status + report.detail()));
        if (!report.told()) {
            throw CommandFailure.because("not reported");
        }
        return null;
    }

    private String find(List<Simulated> all) throws CommandException {
        return all.stream()
                .filter(phone -> phone.phone().equals(vendor) || phone.vendor().equals(vendor))
                .map(Simulated::phone)
                .findFirst()
                .orElseThrow(() -> CommandFailure.because("no simulated phone of '" + SafeText.of(vendor)
                        + "'; there are: " + all.stream().map(Simulated::phone).collect(Collectors.joining(", "))));
    }

    private Report await(SimulatedPhones phones, String phone) throws CommandException, InterruptedException {
        try {
            return phones.report(phone, event).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.because("no answer within " + PATIENCE_S + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
