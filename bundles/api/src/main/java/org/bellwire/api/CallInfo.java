package org.bellwire.api;

import java.util.Optional;

/**
 * What one action URL says of a call. All of it may be missing.
 *
 * @param id the phone's id of the call, such as {@code TC@1}
 * @param otherId the second call of a conference or an attended transfer
 * @param number the other party's number: the user part of a SIP URI
 * @param name the other party's display name: chosen by the caller, so hostile
 * @param local the phone's own number
 * @param account the phone's account, as the vendor counts or names it
 */
public record CallInfo(
        Optional<String> id,
        Optional<String> otherId,
        Optional<Direction> direction,
        Optional<String> number,
        Optional<String> name,
        Optional<String> local,
        Optional<String> account) {

    public static final CallInfo NONE = new CallInfo(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same, the other party under this name. */
    public CallInfo named(String who) {
        return new CallInfo(id, otherId, direction, number, Optional.of(who), local, account);
    }
}
