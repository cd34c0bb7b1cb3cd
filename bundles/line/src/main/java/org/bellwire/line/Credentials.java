package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.spi.Access.Authentication;
import org.bellwire.api.spi.PhoneRequest.Method;

/**
 * Values of {@code Authorization} for one phone: Basic, Bearer, or the answer to a Digest challenge.
 *
 * @param first with the first request; empty where the phone's file holds nothing to show
 */
record Credentials(Optional<String> first, Optional<Login> login) {

    private record Login(String user, String password) {
        String basic() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
    }

    static Credentials of(Address to) {
        Authentication wanted = to.access().authentication();
        if (wanted == Authentication.BEARER) {
            return new Credentials(to.apiToken().map(token -> "Bearer " + token.reveal()), Optional.empty());
        }
        if (wanted == Authentication.PASSWORD
                && (to.user().isPresent() || to.password().isPresent())) {
            Login login = new Login(
                    to.user().orElse(""), to.password().map(Secret::reveal).orElse(""));
            return new Credentials(Optional.of(login.basic()), Optional.of(login));
        }
        return new Credentials(Optional.empty(), Optional.empty());
    }

    /** The answer to a Digest challenge; empty where there is no password to answer it with. */
    Optional<String> answer(DigestChallenge challenge, Method method, String target) {
        return login.map(known -> challenge.answer(known.user(), known.password(), method, target));
    }

    @Override
    public String toString() {
        return "Proof";
    }
}
