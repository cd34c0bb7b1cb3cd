package org.bellwire.ingress;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;

/** The door as it is at this moment, and who counts its answers at this moment. */
record CountedDoor(Supplier<Gate> gate, Supplier<Counters> counters) implements Door {

    @Override
    public CompletionStage<Integer> pass(Head head, InetAddress from) {
        return gate.get().pass(head, from);
    }

    @Override
    public void answered(int status) {
        counters.get().answered(status);
    }
}
