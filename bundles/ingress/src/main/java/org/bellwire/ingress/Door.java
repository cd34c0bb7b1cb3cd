package org.bellwire.ingress;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Where requests go that could be read. */
interface Door {

    /**
     * Completes with the status of the answer. Does not block and does not fail.
     *
     * @param from the other end of the connection
     */
    CompletionStage<Integer> pass(Head head, InetAddress from);

    /** Told of each answer, also to requests that could not be read. Does not block and does not fail. */
    default void answered(int status) {
        // Who only decides need not know.
    }
}
