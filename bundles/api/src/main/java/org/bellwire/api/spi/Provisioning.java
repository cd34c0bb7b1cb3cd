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
 *     {@code maxUrl} loses variables at its end
 * @param deviceTemplate the same for events that speak of no call
 * @param phoneAppends the phone appends its variables itself, to one URL for all events
 * @param formats configuration texts that the vendor's phones take; empty where no keys are published
 * @param maxUrl how long a URL may be, in characters; at most {@value #MAX_URL}
 */
public record Provisioning(
        String menu, String template, String deviceTemplate, boolean phoneAppends, List<Format> formats, int maxUrl) {

    /** How long a URL of any vendor may be, in characters: few tell, and none that does tells less. */
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
        if (maxUrl < 1 || maxUrl > MAX_URL) {
            throw new IllegalArgumentException("a URL may be 1 to " + MAX_URL + " characters long, not " + maxUrl);
        }
    }

    /** For vendors whose phones take URLs as long as any. */
    public Provisioning(String menu, String template, boolean phoneAppends, List<Format> formats) {
        this(menu, template, template, phoneAppends, formats, MAX_URL);
    }

    /** The same, for phones that drop or cut a longer URL. */
    public Provisioning upTo(int characters) {
        return new Provisioning(menu, template, deviceTemplate, phoneAppends, formats, characters);
    }

    /** The same, with another template for events that speak of no call: long URLs lose nothing then. */
    public Provisioning device(String other) {
        return new Provisioning(menu, template, other, phoneAppends, formats, maxUrl);
    }

    /** The template of an event. */
    public String template(EventRow row) {
        return row.type().isOfCall() ? template : deviceTemplate;
    }

    /** The URL of every event, below the base URL {@code http://gateway:port/action/vendor/token}. */
    public List<EventUrl> urls(EventTable events, String base) {
        return events.rows().stream()
                .map(row -> new EventUrl(row, fitting(base + template(row).replace("{event}", row.slug()))))
                .toList();
    }

    private String fitting(String url) {
        String shorter = url;
        while (shorter.length() > maxUrl && shorter.lastIndexOf('&') > 0) {
            shorter = shorter.substring(0, shorter.lastIndexOf('&'));
        }
        return shorter;
    }
}
