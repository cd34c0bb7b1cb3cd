package org.bellwire.core.command;

import java.time.Duration;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.spi.CommandTable;

/**
 * What a {@code dial} goes on with once its call is connected.
 *
 * @param tones to send
 * @param hangup how long after the tones, or after the connection, it ends
 */
record DialFollowUp(Optional<String> tones, Optional<Duration> hangup) {

    static final DialFollowUp NOTHING = new DialFollowUp(Optional.empty(), Optional.empty());

    boolean isNothing() {
        return tones.isEmpty() && hangup.isEmpty();
    }

    /** Why phones of this vendor cannot. */
    Optional<String> objection(CommandTable commands) {
        if (tones.isPresent() && commands.find(CommandName.DTMF).isEmpty()) {
            return Optional.of("then: this vendor has no dtmf; leave it out");
        }
        return hangup.isPresent() && commands.find(CommandName.HANGUP).isEmpty()
                ? Optional.of("hangup_s: this vendor has no hangup; leave it out")
                : Optional.empty();
    }
}
