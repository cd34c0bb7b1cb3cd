package org.bellwire.shell;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.shell.TailLine.Kind;

/**
 * What {@code phone:tail} shows.
 *
 * @param phones of which ids; empty: all
 * @param vendor of which vendor's phones; empty: all
 * @param kinds of which kinds
 */
record TailFilter(Phones known, Optional<Pattern> phones, Optional<String> vendor, Set<Kind> kinds) {

    TailFilter {
        kinds = kinds.isEmpty() ? EnumSet.allOf(Kind.class) : EnumSet.copyOf(kinds);
    }

    /** The pattern of {@code floor2-*}. */
    static Pattern pattern(String glob) {
        return Pattern.compile(glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()));
    }

    boolean shows(Kind kind, String phone) {
        return kinds.contains(kind)
                && phones.filter(pattern -> !pattern.matcher(phone).matches()).isEmpty()
                && vendor.filter(wanted -> !isOf(wanted, phone)).isEmpty();
    }

    private boolean isOf(String wanted, String phone) {
        return known.find(phone).map(PhoneStatus::vendor).filter(wanted::equals).isPresent();
    }
}
