package org.bellwire.simulator;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CommandName;

/**
 * What a request tells the simulated phone.
 *
 * @param meanings the commands that are sent by this request; a key may mean several, and the phone's state tells which
 * @param key the key that it presses, if it is a key press
 * @param transferKey the key before and after the number of a transfer
 */
record KeyMeaning(List<Meaning> meanings, Optional<String> key, boolean transferKey) {

    /** A command with its number, digits, text or {@code ON}; empty where it has none. */
    record Meaning(CommandName name, String text) {}

    KeyMeaning {
        meanings = List.copyOf(meanings);
    }
}
