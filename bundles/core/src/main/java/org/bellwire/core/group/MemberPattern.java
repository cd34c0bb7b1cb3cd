package org.bellwire.core.group;

import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.core.command.WildcardPattern;

/** Which phones are meant: an id, or a part of ids with {@code *} for any text, such as {@code floor2-*}. */
record MemberPattern(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_*-]{1,64}");

    static Optional<MemberPattern> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new MemberPattern(text)) : Optional.empty();
    }

    boolean isId() {
        return text.indexOf('*') < 0;
    }

    boolean matches(String id) {
        return WildcardPattern.match(text, id);
    }
}
