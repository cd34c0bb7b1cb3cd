package org.bellwire.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellwire.api.port.SimulatedPhones;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All simulated phones that there are now. */
@Component(immediate = true)
public final class Simulators implements SimulatedPhones {

    private final List<Simulator> simulators = new CopyOnWriteArrayList<>();

    @Reference(name = "phones", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(Simulator simulator) {
        simulators.add(simulator);
    }

    void remove(Simulator simulator) {
        simulators.remove(simulator);
    }

    @Override
    public List<Simulated> all() {
        return phones().map(SimulatedPhone::place)
                .sorted(Comparator.comparing(Simulated::phone))
                .toList();
    }

    @Override
    public CompletionStage<Report> ring(String phone, String number, String name) {
        return with(phone, found -> found.ring(number, name));
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
