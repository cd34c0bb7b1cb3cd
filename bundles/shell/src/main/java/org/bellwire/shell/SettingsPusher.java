package org.bellwire.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.SettingsPush;

/** Writes into a phone what it needs to report, and nothing else, or undoes it. Looks before and after; shows what is different. */
final class SettingsPusher {

    /** Longer than one request may take, and those that wait before it. */
    private static final int PATIENCE_S = 60;

    private static final Pattern TOKEN = Pattern.compile("(/action/[a-z0-9]+/)[^/?]+");
    private static final int LONGEST = 100;

    private final SettingsPush push;
    private final PushedSettings kept;
    private final String phone;
    private final PrintStream out;

    SettingsPusher(SettingsPush push, PushedSettings kept, String phone, PrintStream out) {
        this.push = push;
        this.kept = kept;
        this.phone = phone;
        this.out = out;
    }

    /** Writes the URLs that differ. */
    void push(Gateway gateway) throws CommandException, InterruptedException, IOException {
        Map<String, String> wanted = push.wanted(phone, gateway);
        Map<String, String> before = present(wanted);
        Map<String, String> different = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            if (before.containsKey(name) && !value.equals(before.get(name))) {
                different.put(name, value);
            }
        });
        List<String> unknown = wanted.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .toList();
        if (!unknown.isEmpty()) {
            out.println("left out, since the phone does not show them: " + String.join(", ", unknown));
        }
        if (different.isEmpty()) {
            out.println("the phone has it all already: nothing was written");
            return;
        }
        kept.add(before, different);
        write(different, before);
        out.println("undo it with phone:provision " + phone + " --restore");
    }

    /** Writes again what was there before, where nobody has written something else since. */
    void restore() throws CommandException, InterruptedException, IOException {
        Map<String, PushedSettings.Entry> entries = kept.read();
        if (entries.isEmpty()) {
            throw CommandFailure.because("nothing to undo: " + kept.file() + " is not there");
        }
        Map<String, String> names = new LinkedHashMap<>();
        entries.keySet().forEach(name -> names.put(name, ""));
        Map<String, String> now = present(names);
        Map<String, String> back = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            String value = now.getOrDefault(name, "");
            if (entry.isStill(value)) {
                back.put(name, entry.before());
            } else if (!value.equals(entry.before())) {
                out.println(name + ": left as it is, since it was changed meanwhile: " + shown(value));
            }
        });
        if (!back.isEmpty()) {
            write(back, now);
        }
        kept.remove(entries.keySet());
        out.println(back.size() + " settings are as they were");
    }

    /** What the phone has of these; fails where it shows none of them. */
    private Map<String, String> present(Map<String, String> wanted) throws CommandException, InterruptedException {
        SettingsPush.Present present = await(push.read(phone, wanted.keySet()));
        if (present.fault().isPresent()) {
            throw CommandFailure.because("cannot read the phone's settings: "
                    + SafeText.of(present.fault().get()) + "; nothing was written");
        }
        if (present.values().isEmpty()) {
            throw CommandFailure.because("the phone answers, but shows none of these settings; nothing was written."
                    + " Show it with phone:capture, and upload the file instead");
        }
        return present.values();
    }

    private void write(Map<String, String> values, Map<String, String> before)
            throws CommandException, InterruptedException {
        Optional<String> fault = Optional.empty();
        Map<String, String> tried = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : values.entrySet()) {
            fault = await(push.write(phone, each.getKey(), each.getValue()));
            tried.put(each.getKey(), each.getValue());
            if (fault.isPresent()) {
                break;
            }
        }
        SettingsPush.Present after = await(push.read(phone, values.keySet()));
        int taken = 0;
        for (Map.Entry<String, String> each : tried.entrySet()) {
            boolean same = each.getValue().equals(after.values().get(each.getKey()));
            taken += same ? 1 : 0;
            out.println(each.getKey() + ": " + shown(before.getOrDefault(each.getKey(), "")) + " -> "
                    + (same ? shown(each.getValue()) : "not taken"));
        }
        Optional<String> why = fault.or(after::fault);
        if (taken < values.size()) {
            throw CommandFailure.because(taken + " of " + values.size() + " settings were taken"
                    + why.map(reason -> ": " + SafeText.of(reason)).orElse("; may they be written on this phone?"));
        }
        out.println(taken + " settings were written and read back");
    }

    /** Without tokens: of a URL of somebody else only where it leads. */
    private static String shown(String value) {
        String text = SafeText.of(value);
        if (text.isEmpty()) {
            return "(empty)";
        }
        String bare = TOKEN.matcher(text).replaceAll("$1...");
        String safe = bare.equals(text) ? text.replaceAll("(?<=[a-z0-9\\])])[/?].*", "/...") : bare;
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "..." : safe;
    }

    private static <T> T await(CompletionStage<T> answer) throws CommandException, InterruptedException {
        try {
            return answer.toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.because("no answer of the phone within " + PATIENCE_S + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
