package org.bellwire.core.command;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;

/**
 * What {@code org.bellwire.line.cfg} says of commands; its other keys are of the way to the phones.
 *
 * @param keyGapMs the pause between two key presses, if not the vendor's
 */
record CommandRules(DialPolicy policy, Optional<Integer> keyGapMs) {

    static final CommandRules USUAL = new CommandRules(DialPolicy.USUAL, Optional.empty());

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static CommandRules parse(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.line.cfg", properties);
        Optional<Integer> gap = cfg.text("key.gap.ms").map(any -> cfg.integer("key.gap.ms", 0, 0, 5000));
        cfg.check();
        return new CommandRules(DialPolicy.parse(properties), gap);
    }
}
