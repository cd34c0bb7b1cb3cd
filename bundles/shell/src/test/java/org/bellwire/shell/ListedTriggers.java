package org.bellwire.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.api.port.Triggers;

/** Triggers as the shell sees them: those that the test lists, with the outcome that it says. */
public final class ListedTriggers implements Triggers {

    public final List<Status> listed = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Outcome outcome = new Outcome("nobody", Optional.empty(), List.of());

    @Override
    public boolean knows(String id) {
        return listed.stream()
                .anyMatch(each -> each.id().equals(id) && each.fault().isEmpty());
    }

    @Override
    public Reply receive(TriggerRequest request) {
        throw new AssertionError("the shell does not ask by HTTP");
    }

    @Override
    public List<Status> all() {
        return listed;
    }

    @Override
    public CompletionStage<Outcome> fire(String id) {
        asked.add("fire " + id);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<Outcome> cancel(String id) {
        asked.add("cancel " + id);
        return CompletableFuture.completedFuture(outcome);
    }
}
