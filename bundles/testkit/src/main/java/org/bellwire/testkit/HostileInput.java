package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bellwire.api.DialNumber;
import org.bellwire.api.TransferKind;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Plan;

/** Whether a vendor's tables stand what nobody should send. */
record HostileInput(PhoneBinding binding) {

    private static final List<String> INJECTIONS = List.of(
            "1&key=Reboot",
            "206&Account=2",
            "1;OK;Reboot",
            "1?a=b",
            "../../x",
            "%0d%0aX:y",
            "1\r\nHost: evil",
            "1#2 3",
            "\0",
            "\"<>|\\^`{}",
            "ä€😀");

    private static final int MUTILATIONS = 5_000;

    /** Samples with characters changed, lost and doubled: no exception, whatever is read of them. */
    void mutilate(List<EventSample> samples) {
        Random random = new Random(97);
        for (int i = 0; i < MUTILATIONS; i++) {
            EventSample sample = samples.get(random.nextInt(samples.size()));
            String target = mutilated(sample.target(), random);
            assertThat(new EventSample(target, sample.after(), Map.of()).read(binding.events()))
                    .as(target)
                    .containsKey("event");
        }
    }

    /** Leaves {@code /action/vendor/token} whole, since the ingress lets nothing else in. */
    private static String mutilated(String target, Random random) {
        int from = target.length()
                - target.replaceFirst("^/action/[^/]+/[^/?]+", "").length();
        StringBuilder out = new StringBuilder(target);
        for (int n = 1 + random.nextInt(8); n > 0 && out.length() > from; n--) {
            int at = from + random.nextInt(out.length() - from);
            switch (random.nextInt(4)) {
                case 0 -> out.setCharAt(at, "%&=?/<$>\"@+;:\0é€".charAt(random.nextInt(16)));
                case 1 -> out.deleteCharAt(at);
                case 2 -> out.insert(at, out.substring(at));
                default -> out.insert(at, (char) random.nextInt(0x10000));
            }
            out.setLength(Math.min(out.length(), 8_192));
        }
        return out.toString();
    }

    /** Every injection in every field of every command: refused, or encoded. */
    void inject() {
        for (CommandRow row : binding.commands().rows()) {
            for (String bad : INJECTIONS) {
                Optional<String> field = Optional.of(bad);
                Optional<DialNumber> number = Optional.of(new DialNumber("42"));
                Command command = new Command(
                        row.name(),
                        bad,
                        number,
                        field,
                        field,
                        field,
                        Optional.of(TransferKind.ATTENDED),
                        Optional.empty(),
                        List.of(bad));
                check(row, command, bad);
                Command silent = Command.to(row.name(), number.get());
                check(row, silent, bad);
            }
        }
    }

    private void check(CommandRow row, Command command, String bad) {
        SamplePhone phone = new SamplePhone(Map.of("file.account", bad, "file.outgoing.uri", bad));
        Plan plan = row.plan(command, phone);
        if (plan instanceof Plan.Send send) {
            assertThat(send.requests())
                    .allSatisfy(request -> assertThat(request.toString())
                            .as("%s with '%s'", row.name().wire(), bad)
                            .doesNotContain(bad));
        } else {
            assertThat(((Plan.Refuse) plan).reason()).isNotBlank();
        }
    }
}
