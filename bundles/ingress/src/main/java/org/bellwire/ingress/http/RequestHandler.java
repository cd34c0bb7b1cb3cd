package org.bellwire.ingress.http;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.port.Limit;

/** Handles a parsed request. */
public interface RequestHandler {

    /**
     * Completes with the answer. Does not block and does not fail.
     *
     * @param from the other end of the connection
     */
    CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from);

    /** Told of each answer, also to requests that could not be read. Does not block and does not fail. */
    default void answered(RequestHead head, InetAddress from, int status) {
        // Who only decides need not know.
    }

    /** Who asks from this address, to be known when a connection is accepted. */
    default PeerKind originOf(InetAddress from) {
        return PeerKind.PHONE;
    }

    /** Told of a stranger's connection that is closed without an answer, for there are enough of them. */
    default void unheard(InetAddress from) {
        // Who only decides need not know.
    }

    /** Told of a bound that was reached, and by whom or why. */
    default void reached(Limit limit, String who) {
        // Who only decides need not know.
    }

    /** Somebody wants to know requests as they came. Asked for each, so it has to be cheap. */
    default boolean isWatched() {
        return false;
    }

    /**
     * Told of an answer while {@link #isWatched}. Does not block and does not fail.
     *
     * @param raw the head as it came
     */
    default void watched(RequestHead head, byte[] raw, InetAddress from, int status) {
        // Who only decides need not know.
    }
}
