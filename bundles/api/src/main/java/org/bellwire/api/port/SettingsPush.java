package org.bellwire.api.port;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The settings that make a phone report, read from it and written into it over HTTP. Each request waits for its turn among the
 * phone's commands. Implemented by core, used by the shell. Nothing blocks, and nothing completes exceptionally.
 */
@ProviderType
public interface SettingsPush {

    /** Why this phone's settings cannot be written, and what to do instead; empty: they can. */
    Optional<String> objection(String phone);

    /** What the phone's settings should be, in the order of the vendor's table; the URLs hold a token. */
    Map<String, String> wanted(String phone, Gateway gateway);

    /** Asks the phone what these settings are; what its page does not have is absent. */
    CompletionStage<Present> read(String phone, Set<String> names);

    /** Writes one setting. Completes with why it was not taken; empty: the phone says that it has. */
    CompletionStage<Optional<String>> write(String phone, String name, String value);

    /**
     * What a phone has.
     *
     * @param fault why it could not be asked
     */
    record Present(Map<String, String> values, Optional<String> fault) {
        public Present {
            values = Map.copyOf(values);
        }

        /** Values may hold tokens of others. */
        @Override
        public String toString() {
            return "Present" + values.keySet() + fault;
        }
    }
}
