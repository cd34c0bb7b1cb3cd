package org.bellwire.api.spi;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a vendor's phones let their settings be read and written over HTTP. The setting that holds an event's URL is the first key of
 * the event's row.
 *
 * @param request what asks for the settings
 * @param reader finds them in what the phone answers
 * @param writer sets one, and nothing else
 */
public record SettingsPage(PhoneRequest request, Reader reader, Writer writer) {

    public SettingsPage {
        request = request.asking();
    }

    /** A pure function that stands any text: firmware differs, and an answer may be cut. */
    @FunctionalInterface
    @ConsumerType
    public interface Reader {
        Map<String, String> read(String page);
    }

    /** Makes the request that sets one. */
    @FunctionalInterface
    @ConsumerType
    public interface Writer {
        PhoneRequest write(String name, String value);
    }
}
