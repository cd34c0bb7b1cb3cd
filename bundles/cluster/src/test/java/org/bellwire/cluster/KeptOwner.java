package org.bellwire.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.Report;

/** A core that knows every phone and writes down what it is told. */
class KeptOwner implements PartitionOwner {

    final Map<PhoneId, Knowledge> knowledge = new HashMap<>();
    final Map<PhoneId, String> begun = new HashMap<>();
    final List<String> taken = new ArrayList<>();
    /** Of those, what was long on its way. */
    final List<String> delayed = new ArrayList<>();

    final Map<PhoneId, Instant> lastReports = new HashMap<>();
    int republished;
    /** How often it was told what is known. */
    int begins;

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public boolean knows(Report report) {
        return true;
    }

    @Override
    public CompletionStage<Void> take(Report report, Position position, EventOutlet outlet) {
        if (report.event().equals("Fault")) {
            throw new IllegalStateException("a table that cannot stand it");
        }
        taken.add(report.event());
        if (position.delayed()) {
            delayed.add(report.event());
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Optional<Instant> lastReport(PhoneId phone) {
        return Optional.ofNullable(lastReports.get(phone));
    }

    @Override
    public Optional<Knowledge> knowledge(PhoneId phone) {
        return Optional.ofNullable(knowledge.get(phone));
    }

    @Override
    public void begin(Predicate<PhoneId> owned, Map<PhoneId, String> known) {
        begins++;
        begun.putAll(known);
    }

    @Override
    public void republish() {
        republished++;
    }

    @Override
    public Bus.Subscription listen(Consumer<CommandOrder> log) {
        return () -> {};
    }
}
