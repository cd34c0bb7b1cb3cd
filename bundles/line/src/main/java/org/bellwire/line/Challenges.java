package org.bellwire.line;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All authentication challenges of one answer.
 *
 * @param cut there were more or longer ones than are read
 */
record Challenges(List<Challenge> all, boolean cut) {

    private static final int SHOWN = 3;

    Challenges {
        all = List.copyOf(all);
    }

    /** Reads the values of {@code WWW-Authenticate}. */
    static Challenges of(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        boolean cut = false;
        for (String header : headers) {
            if (all.size() >= ChallengeParser.MAX_CHALLENGES) {
                return new Challenges(all, true);
            }
            ChallengeParser parser = new ChallengeParser(header);
            all.addAll(parser.parse());
            cut |= parser.isCut();
        }
        return new Challenges(all, cut);
    }

    /** The strongest that can be answered; the first of several that are equally strong. */
    Optional<DigestChallenge> strongest() {
        return all.stream()
                .flatMap(one -> one.digest().stream())
                .sorted(Comparator.comparing((DigestChallenge one) -> one.form().algorithm())
                        .reversed())
                .findFirst();
    }

    boolean offersUserHash() {
        return all.stream().anyMatch(Challenge::offersUserHash);
    }

    /** For a person: what the phone asks for, if it is nothing that is known here. */
    Optional<String> unknown() {
        if (all.stream().anyMatch(one -> one.isBasic() || one.digest().isPresent())) {
            return Optional.empty();
        }
        if (cut) {
            return Optional.of(
                    "a password with a challenge of more than " + ChallengeParser.MAX_CHARACTERS + " characters");
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream()
                        .map(Challenge::shown)
                        .distinct()
                        .limit(SHOWN)
                        .collect(Collectors.joining(" or ")));
    }
}
