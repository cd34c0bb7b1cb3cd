package org.bellwire.api.port;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Phones that are simulated. Implemented by the simulator, used by the shell. Nothing blocks. */
@ProviderType
public interface SimulatedPhones {

    /** The simulated phones, by phone id. */
    List<Simulated> all();

    /**
     * Makes a phone report one of its vendor's events, and be in the state that it tells of. Completes with what the gateway
     * said; never exceptionally.
     *
     * @param event in the vendor's words, however spelled
     */
    CompletionStage<Report> report(String phone, String event);

    /**
     * A simulated phone.
     *
     * @param phone the phone's id
     * @param address where it listens, a loopback address
     * @param pin what {@code tls.pin} has to be; empty without TLS
     */
    record Simulated(String phone, String vendor, String address, int port, Optional<String> pin) {}

    /**
     * How a report went.
     *
     * @param told the gateway has it, or will fetch it
     * @param httpStatus the gateway's answer, if there was one
     * @param detail for a person: what was sent, or what is wrong and what to change
     */
    record Report(boolean told, OptionalInt httpStatus, String detail) {
        public static Report answered(int httpStatus, String detail) {
            return new Report(httpStatus == 200, OptionalInt.of(httpStatus), detail);
        }

        /** It stands in a log, where whoever reads that finds it. */
        public static Report logged(String detail) {
            return new Report(true, OptionalInt.empty(), detail);
        }

        public static Report failed(String detail) {
            return new Report(false, OptionalInt.empty(), detail);
        }
    }
}
