package org.bellwire.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a command: published on {@code <phone>/result/<command>}.
 *
 * @param id the id that the sender gave, if any
 * @param phone the phone as the sender named it
 * @param command the command as the sender named it
 * @param httpStatus the phone's answer, if it gave one
 * @param detail for a person: what was wrong and what to change; never a secret
 * @param tookMs from arrival at Bellwire to this result, in milliseconds
 */
public record Result(
        Optional<String> id,
        String phone,
        String command,
        Status status,
        OptionalInt httpStatus,
        Optional<String> detail,
        Instant time,
        long tookMs) {}
