package org.bellwire.api.spi;

import org.bellwire.api.Scheme;

/**
 * How a vendor's phones are reached and what they ask for.
 *
 * @param scheme the scheme, unless the phone's file says otherwise
 * @param port the port, unless the phone's file says otherwise
 * @param repeatsUnauthorized the phone answers 401 now and then although the password is right, and has done nothing then:
 *     such a request is sent once more
 * @param keyGapMs the pause between two requests of one command, in milliseconds
 * @param requestGapMs the least pause between any two requests to one phone, in milliseconds: 0 to {@value #MAX_GAP_MS}
 * @param answers what answers mean where the status alone does not tell
 */
public record Access(
        Scheme scheme,
        int port,
        Authentication authentication,
        boolean repeatsUnauthorized,
        int keyGapMs,
        int requestGapMs,
        AnswerTable answers) {

    public static final int MAX_GAP_MS = 5000;

    /** What a phone accepts as proof. */
    public enum Authentication {
        NONE,
        /** User and password: Basic, or Digest where the phone asks for it. */
        PASSWORD,
        /** The password in each request's target, by {@link Credential#PASSWORD}; no header. */
        PASSWORD_IN_TARGET,
        /** {@code Authorization: Bearer} with the phone's {@code api.token}. */
        BEARER
    }

    public Access {
        if (requestGapMs < 0 || requestGapMs > MAX_GAP_MS) {
            throw new IllegalArgumentException(
                    "between two requests are 0 to " + MAX_GAP_MS + " ms, not " + requestGapMs);
        }
    }

    public static Access http(Authentication authentication) {
        return new Access(Scheme.HTTP, Scheme.HTTP.port(), authentication, false, 0, 0, AnswerTable.USUAL);
    }

    public static Access https(Authentication authentication) {
        return new Access(Scheme.HTTPS, Scheme.HTTPS.port(), authentication, false, 0, 0, AnswerTable.USUAL);
    }

    public Access onPort(int number) {
        return new Access(scheme, number, authentication, repeatsUnauthorized, keyGapMs, requestGapMs, answers);
    }

    public Access repeatingUnauthorized() {
        return new Access(scheme, port, authentication, true, keyGapMs, requestGapMs, answers);
    }

    public Access withKeyGapMs(int milliseconds) {
        return new Access(scheme, port, authentication, repeatsUnauthorized, milliseconds, requestGapMs, answers);
    }

    /** For phones that take a request only so long after the one before, whatever it was for. */
    public Access withRequestGapMs(int milliseconds) {
        return new Access(scheme, port, authentication, repeatsUnauthorized, keyGapMs, milliseconds, answers);
    }

    public Access answering(AnswerTable table) {
        return new Access(scheme, port, authentication, repeatsUnauthorized, keyGapMs, requestGapMs, table);
    }
}
