package org.bellwire.shell;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Result;
import org.bellwire.api.Status;

/** Results of commands. */
public final class Results {

    private Results() {}

    public static CompletionStage<Result> accepted() {
        return of(Status.ACCEPTED, OptionalInt.of(200), Optional.empty());
    }

    static CompletionStage<Result> of(Status status, OptionalInt http, Optional<String> detail) {
        return CompletableFuture.completedFuture(
                new Result(Optional.empty(), "lobby", "dial", status, http, detail, Instant.EPOCH, 38));
    }
}
