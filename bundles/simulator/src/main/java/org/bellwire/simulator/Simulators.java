package org.bellwire.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellwire.api.port.SimulatedPhones;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All simulated phones that there are now. */
@Component
public final class Simulators implements SimulatedPhones {

    @Reference
    private volatile List<Simulator> simulators;

    @Activate
    public Simulators() {
        this(List.of());
    }

    Simulators(List<Simulator> simulators) {
        this.simulators = simulators;
    }

    @Override
    public List<Simulated> all() {
        return phones().map(SimulatedPhone::place)
                .sorted(Comparator.comparing(Simulated::phone))
                .toList();
    }

    @Override
    public CompletionStage<Report> report(String phone, String event) {
        return with(phone, found -> found.report(event));
    }

    private CompletionStage<Report> with(String phone, Function<SimulatedPhone, CompletionStage<Report>> what) {
        return phones().filter(found -> found.place().phone().equals(phone))
                .findFirst()
                .map(what)
                .orElseGet(() -> CompletableFuture.completedFuture(Report.failed(
                        "no phone '" + phone + "' is simulated: write etc/org.bellwire.simulator-" + phone + ".cfg")));
    }

    private Stream<SimulatedPhone> phones() {
        return simulators.stream().flatMap(simulator -> simulator.phone().stream());
    }
}
