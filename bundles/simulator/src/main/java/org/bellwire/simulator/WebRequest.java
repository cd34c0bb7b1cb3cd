package org.bellwire.simulator;

import java.util.Map;
import java.util.Optional;

/** A request to the simulated phone's web server, and its answer. */
final class WebRequest {

    private WebRequest() {}

    /** A request: headers by their names in lower case. */
    record Request(String method, String target, Map<String, String> headers) {
        Request {
            headers = Map.copyOf(headers);
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** An answer. {@code header} is one more header line, or empty. */
    record Answer(String status, String header, String body) {
        static Answer of(String status) {
            return new Answer(status, "", "");
        }
    }
}
