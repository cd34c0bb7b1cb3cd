package org.bellwire.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a site, that is of one tenant of a gateway: {@code [a-z0-9][a-z0-9_-]{0,63}}; or {@link #OWN}, which has no name.
 */
public record SiteId(String value) implements Comparable<SiteId> {

    /** The gateway's own: that of all phones whose files name none. */
    public static final SiteId OWN = new SiteId("");

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public SiteId {
        if (!value.isEmpty() && !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a site's id is 1 to 64 of a-z 0-9 _ - and begins with a letter or digit");
        }
    }

    /** A name; never that of the gateway's own. */
    public static Optional<SiteId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SiteId(text)) : Optional.empty();
    }

    public boolean isOwn() {
        return value.isEmpty();
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
