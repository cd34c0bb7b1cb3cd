package org.bellwire.shell.capture;

import java.util.regex.Pattern;

/** A request target, be it a phone's or Bellwire's, with made-up values. */
final class TargetPseudonymizer {

    /** Stands for a token, as in the samples of the vendors. */
    static final String TOKEN = "T";

    private static final int VENDOR = 2;
    private static final int TOKEN_PLACE = 3;
    private static final int EVENT = 4;
    /** An event's name, however it is spelled. */
    private static final Pattern EVENT_NAME = Pattern.compile("[A-Za-z_. -]*[0-9]?[A-Za-z_. -]*");

    /** A variable's name; what is none may be somebody's. */
    private static final Pattern NAME = Pattern.compile("[?&](amp;)*[A-Za-z_.$-]*[0-9]{0,5}=");

    private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Pattern OWN_URL = Pattern.compile("(?s).*/action/[a-z0-9]+/.*");

    private final ValuePseudonymizer values;

    TargetPseudonymizer(ValuePseudonymizer values) {
        this.values = values;
    }

    /** Characters are bytes. */
    String of(String target) {
        int end = 0;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '&') {
            end++;
        }
        String path = target.substring(0, end);
        StringBuilder out = new StringBuilder(target.length());
        out.append(path.contains("/action/") ? report(path) : command(path));
        for (String pair : target.substring(end).split("(?=[?&])")) {
            out.append(pair(pair));
        }
        return out.toString();
    }

    /** {@code /action/vendor/token/event/…}, after a proxy maybe with a host before it. */
    private String report(String path) {
        int begin = path.indexOf("/action/");
        StringBuilder out = new StringBuilder(plain(path.substring(0, begin)));
        int place = 0;
        for (String part : path.substring(begin).split("(?<=/)|(?=/)")) {
            place += part.equals("/") ? 0 : 1;
            out.append(part.equals("/") ? part : segment(part, place));
        }
        return out.toString();
    }

    private String segment(String part, int place) {
        if (place == TOKEN_PLACE) {
            return TOKEN;
        }
        EncodedText text = EncodedText.of(part);
        if (place <= VENDOR
                || (place == EVENT && EVENT_NAME.matcher(text.text()).matches())) {
            return part;
        }
        boolean mac = MAC.matcher(text.text()).matches()
                && !NUMBER.matcher(text.text()).matches();
        return text.like(values.value(mac ? "mac" : "remote", text.text()));
    }

    /** What a command's path says is the vendor's; numbers in it may be somebody's. */
    private String command(String path) {
        EncodedText text = EncodedText.of(path);
        return text.like(values.addresses(text.text()));
    }

    private String plain(String before) {
        EncodedText text = EncodedText.of(before);
        return text.like(values.text(text.text()));
    }

    private String pair(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            boolean mark = pair.startsWith("?") || pair.startsWith("&");
            return mark ? pair.charAt(0) + plain(pair.substring(1)) : plain(pair);
        }
        EncodedText value = EncodedText.of(pair.substring(equals + 1));
        String name = pair.substring(0, equals + 1).replaceFirst("^[?&](amp;)*\\$?", "");
        boolean ours = OWN_URL.matcher(value.text()).matches();
        String other = ours
                ? values.addresses(value.text())
                : values.value(name.substring(0, name.length() - 1), value.text());
        String shown = pair.substring(0, equals + 1);
        return (NAME.matcher(shown).matches() ? shown : shown.charAt(0) + plain(shown.substring(1)))
                + value.like(other);
    }
}
