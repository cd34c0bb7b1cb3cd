package org.bellwire.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One question that a phone answers about its state.
 *
 * @param request what asks for it
 * @param tellsCalls the answer tells all calls of the phone, so that it is also asked about a call that was not heard of for long
 * @param reader what its answer tells
 */
public record ReadBack(PhoneRequest request, boolean tellsCalls, Reader reader) {

    /** A question about states. */
    public static ReadBack ofStates(PhoneRequest request, Reader reader) {
        return new ReadBack(request, false, reader);
    }

    /** A question about the phone's calls. */
    public static ReadBack ofCalls(PhoneRequest request, Reader reader) {
        return new ReadBack(request, true, reader);
    }

    public ReadBack {
        request = request.asking();
    }

    /** Reads an answer. A pure function that stands any text: firmware differs, and an answer may be cut. */
    @FunctionalInterface
    @ConsumerType
    public interface Reader {
        State read(String body);
    }

    /**
     * What an answer tells; what it does not tell stays as it is.
     *
     * @param states those that it tells
     * @param calls all calls that the phone has; empty where the answer says nothing of calls
     */
    public record State(Map<Property, String> states, Optional<List<SeenCall>> calls) {
        /** Nothing that is understood. */
        public static final State NOTHING = new State(Map.of(), Optional.empty());

        public State {
            states = Map.copyOf(states);
            calls = calls.map(List::copyOf);
        }
    }

    /** A call as the phone shows it; it may not tell the direction of one that is connected. */
    public record SeenCall(
            CallState state, Optional<Direction> direction, Optional<String> number, Optional<String> name) {}
}
