package org.bellwire.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.bellwire.api.config.Secret;

/** Who may connect: everybody, or who knows the one user and password. */
record Authenticator(Optional<String> user, Optional<Secret> password) {

    boolean admits(Optional<String> name, Optional<Secret> word) {
        if (user.isEmpty()) {
            return true;
        }
        boolean sameUser = same(user.get(), name.orElse(""));
        boolean samePassword = same(
                password.map(Secret::reveal).orElse(""),
                word.map(Secret::reveal).orElse(""));
        return sameUser && samePassword;
    }

    private static boolean same(String known, String told) {
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
    }
}
