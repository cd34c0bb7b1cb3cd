package org.bellwire.core.command;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Rate;

/**
 * What {@code org.bellwire.line.cfg} says of commands; its other keys are of the way to the phones.
 *
 * @param keyGapMs the pause between two key presses, if not the vendor's
 * @param openings how often one door station may be told to open
 */
record CommandRules(DialPolicy policy, Optional<Integer> keyGapMs, Rate openings) {

    private static final Rate FOUR_A_MINUTE = new Rate(4 / 60.0, 4);

    static final CommandRules USUAL = new CommandRules(DialPolicy.USUAL, Optional.empty(), FOUR_A_MINUTE);

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static CommandRules parse(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.line.cfg", properties);
        Optional<Integer> gap = cfg.text("key.gap.ms").map(any -> cfg.integer("key.gap.ms", 0, 0, 5000));
        Rate openings = cfg.parsed("rate.open", Rate::parseCount, "so many openings in a time, such as 4/min")
                .orElse(FOUR_A_MINUTE);
        cfg.check();
        return new CommandRules(DialPolicy.parse(properties), gap, openings);
    }
}
