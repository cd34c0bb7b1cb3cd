package org.bellwire.api.spi;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What makes a phone report to Bellwire.
 *
 * @param menu where on the phone the URLs are typed in
 * @param template what follows the gateway's base URL; <code>{event}</code> stands for the event, {@code $name} for a
 *     variable that the phone fills in; what matters most comes first, since a URL that would be longer than
 *     {@value #MAX_URL} loses variables at its end
 * @param phoneAppends the phone appends its variables itself, to one URL for all events
 * @param formats configuration texts that the vendor's phones take; empty where no keys are published
 */
public record Provisioning(String menu, String template, boolean phoneAppends, List<Format> formats) {

    /** How long a URL may be, in characters: few vendors tell, and none that does tells less. */
    public static final int MAX_URL = 255;

    /** The URL for one event. */
    public record EventUrl(EventRow row, String url) {}

    /** What a format is filled with. {@code gateway} is the host that phones reach Bellwire at. */
    public record Content(List<EventUrl> urls, String gateway, Optional<String> mac) {
        public Content {
            urls = List.copyOf(urls);
        }
    }

    /** One text format of the vendor, such as {@code xml}. */
    @ConsumerType
    public interface Format {
        /** What the user asks for it by. */
        String name();

        /** What the vendor's phones expect the file to be called. */
        String fileName(Optional<String> mac);

        String render(Content content);
    }

    public Provisioning {
        formats = List.copyOf(formats);
    }

    /** The URL of every event, below the base URL {@code http://gateway:port/action/vendor/token}. */
    public List<EventUrl> urls(EventTable events, String base) {
        return events.rows().stream()
                .map(row -> new EventUrl(row, fitting(base + template.replace("{event}", row.slug()))))
                .toList();
    }

    private static String fitting(String url) {
        String shorter = url;
        while (shorter.length() > MAX_URL && shorter.lastIndexOf('&') > 0) {
            shorter = shorter.substring(0, shorter.lastIndexOf('&'));
        }
        return shorter;
    }
}
