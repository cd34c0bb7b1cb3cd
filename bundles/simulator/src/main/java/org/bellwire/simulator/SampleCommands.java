package org.bellwire.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.CallState;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Property;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneView;

/** Commands with marks in the place of what changes: the requests that a table makes of them show where it goes. */
final class SampleCommands {

    /** Stands for the number, the digits or the text. */
    static final String TEXT = "90210000001";

    private static final String ACCOUNT = "90210000002";
    private static final String CALL = "90210000003";
    private static final String OTHER = "90210000004";
    private static final String URI = "90210000005";
    private static final Pattern MARK = Pattern.compile("9021000000[1-5]");

    /** A command to a phone for which every command is right. */
    record Sample(Command command, PhoneView phone) {}

    private record Anyhow(Optional<String> account, Optional<String> outgoingUri, boolean secrets)
            implements PhoneView {
        @Override
        public boolean has(Credential credential) {
            return secrets;
        }

        @Override
        public Optional<CallState> callState() {
            return Optional.empty();
        }

        @Override
        public Optional<String> state(Property property) {
            return Optional.empty();
        }

        @Override
        public boolean allows(CommandName command) {
            return true;
        }
    }

    private SampleCommands() {}

    /** The command in all its forms, with and without what may be left out. */
    static List<Sample> samples(CommandName name) {
        List<Sample> samples = new ArrayList<>();
        for (String value : values(name)) {
            for (int without = 0; without < 64; without++) {
                Optional<String> account = unless(without, 1, ACCOUNT);
                Optional<String> number = value.equals(TEXT) ? unless(without, 16, TEXT) : Optional.empty();
                Command command = new Command(
                        name,
                        value,
                        number.map(DialNumber::new),
                        account,
                        unless(without, 2, CALL),
                        unless(without, 4, OTHER),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
                samples.add(new Sample(
                        command, new Anyhow(Optional.empty(), unless(without, 8, URI), (without & 32) == 0)));
            }
        }
        return samples;
    }

    private static Optional<String> unless(int without, int bit, String mark) {
        return (without & bit) == 0 ? Optional.of(mark) : Optional.empty();
    }

    private static List<String> values(CommandName name) {
        return switch (name) {
            case DIAL, TRANSFER, DTMF, TEXT -> List.of(TEXT);
            case MUTE, DND, CALL_WAITING -> List.of("TOGGLE", "ON", "OFF");
            case FORWARD_ALWAYS, FORWARD_BUSY, FORWARD_NO_ANSWER -> List.of(TEXT, "ON", "OFF");
            case VOLUME -> List.of("UP", "DOWN");
            default -> List.of("PRESS");
        };
    }

    static boolean in(String target) {
        return MARK.matcher(target).find();
    }

    /** Matches what the target would be with other values; the group {@code text} is what stands for {@link #TEXT}. */
    static Pattern template(String target) {
        StringBuilder regex = new StringBuilder();
        Matcher mark = MARK.matcher(target);
        int done = 0;
        boolean named = false;
        while (mark.find()) {
            boolean text = mark.group().equals(TEXT) && !named;
            regex.append(Pattern.quote(target.substring(done, mark.start())))
                    .append(text ? "(?<text>[^&=?/]+)" : "[^&=?/]+");
            named |= text;
            done = mark.end();
        }
        regex.append(Pattern.quote(target.substring(done)));
        return Pattern.compile(named ? regex.toString() : regex + "(?<text>)");
    }
}
