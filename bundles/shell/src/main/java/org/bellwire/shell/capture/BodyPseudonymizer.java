package org.bellwire.shell.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of a phone's answer: its form and the vendor's words stay, all other values are made up. */
final class BodyPseudonymizer {

    private static final Pattern JSON = Pattern.compile(
            "(?s)(?<string>\"(?:[^\"\\\\]|\\\\.)*+\"?)(?<colon>\\s*:)?|(?<number>-?\\d[\\d.eE+-]*)|(?<other>[^\"\\d]++)");
    private static final Pattern MARKUP = Pattern.compile("(?s)(?<tag><[^>]*+>?)|(?<text>[^<]++)");
    private static final Pattern ELEMENT = Pattern.compile("<\\s*([\\w:.-]+)");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([\\w:.-]+)(\\s*=\\s*)(\"[^\"]*+\"?|'[^']*+'?|[^\\s\"'>]++)");
    private static final Pattern SHAPE = Pattern.compile(
            "(?i)name|type|id|class|action|method|src|rel|http-equiv|charset|lang|xmlns.*|enctype|style");
    private static final Pattern FIELD = Pattern.compile("([^\\s=:&;,]+)(\\s*[=:]\\s*)([^&;\\r\\n]*)");
    private static final Pattern KEY = Pattern.compile("[\\w.$-]{1,40}");

    private final ValuePseudonymizer values;

    BodyPseudonymizer(ValuePseudonymizer values) {
        this.values = values;
    }

    String of(String body) {
        String begin = body.stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return json(body);
        }
        return begin.startsWith("<") ? markup(body) : fields(body);
    }

    private String json(String body) {
        StringBuilder out = new StringBuilder(body.length());
        String key = "";
        Matcher found = JSON.matcher(body);
        while (found.find()) {
            if (found.group("string") != null && found.group("colon") != null) {
                key = inner(found.group("string"));
                boolean plain = KEY.matcher(key).matches() && !key.matches(".*\\d{3}.*");
                out.append(plain ? found.group() : values.text(found.group()));
            } else if (found.group("string") != null) {
                out.append(quoted(found.group("string"), key));
            } else if (found.group("number") != null) {
                out.append(KeptWords.isSecret(key) ? "0" : values.value(key, found.group()));
            } else {
                out.append(found.group());
            }
        }
        return out.toString();
    }

    private String quoted(String text, String name) {
        String quote = text.substring(0, 1);
        String end = text.length() > 1 && text.endsWith(quote) ? quote : "";
        return quote + values.value(name, inner(text)) + end;
    }

    private static String inner(String quoted) {
        boolean whole = quoted.length() > 1 && quoted.endsWith(quoted.substring(0, 1));
        return quoted.substring(1, quoted.length() - (whole ? 1 : 0));
    }

    private String markup(String body) {
        StringBuilder out = new StringBuilder(body.length());
        String element = "";
        Matcher found = MARKUP.matcher(body);
        while (found.find()) {
            if (found.group("tag") != null) {
                Matcher name = ELEMENT.matcher(found.group());
                element = name.lookingAt() ? name.group(1) : "";
                out.append(tag(found.group()));
            } else {
                out.append(found.group().isBlank() ? found.group() : values.value(element, found.group()));
            }
        }
        return out.toString();
    }

    private String tag(String tag) {
        String kind = tag.contains("assword") ? "password" : "value";
        return ATTRIBUTE.matcher(tag).replaceAll(found -> {
            String name = found.group(1);
            String told = found.group(3);
            boolean quoted = told.startsWith("\"") || told.startsWith("'");
            String other = SHAPE.matcher(name).matches()
                    ? values.addresses(told)
                    : quoted ? quoted(told, name.equals("value") ? kind : name) : values.value(name, told);
            return Matcher.quoteReplacement(name + found.group(2) + other);
        });
    }

    private String fields(String body) {
        StringBuilder out = new StringBuilder(body.length());
        Matcher found = FIELD.matcher(body);
        int from = 0;
        while (found.find()) {
            out.append(values.text(body.substring(from, found.start())));
            String name = found.group(1);
            out.append(name.matches(".*\\d{3}.*") ? values.text(name) : name)
                    .append(found.group(2))
                    .append(values.value(name, found.group(3)));
            from = found.end();
        }
        return out.append(values.text(body.substring(from))).toString();
    }
}
