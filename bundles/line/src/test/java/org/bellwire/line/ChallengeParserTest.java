package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"x\", Digest realm=\"a, b\",nonce=\"n\"",
                "Basic realm=\"x\",Digest realm=\"a, b\",nonce=\"n\"",
                " ,, Basic  realm = \"x\" ,,\tDigest\t realm\t=\t\"a, b\"  ,, nonce= n ,",
                "Basic REALM=\"x\" Digest Realm=\"a, b\" NONCE=n",
                "Basic realm=x; Digest realm=\"a, b\"; nonce=\"n",
            })
    void challenges_are_read_with_whatever_stands_between_them(String header) {
        List<Challenge> found = parse(header);
        assertThat(found).extracting(Challenge::scheme).containsExactly("Basic", "Digest");
        assertThat(found.get(1).parameters()).containsExactlyInAnyOrderEntriesOf(Map.of("realm", "a, b", "nonce", "n"));
    }

    @Test
    void quote_behind_a_backslash_does_not_end_a_value() {
        assertThat(parse("Digest realm=\"a\\\"b\\\\\", nonce=n"))
                .containsExactly(new Challenge("Digest", Map.of("realm", "a\\\"b\\\\", "nonce", "n")));
    }

    @Test
    void first_of_several_parameters_of_a_name_counts() {
        assertThat(parse("Digest nonce=a, Nonce=b")).containsExactly(new Challenge("Digest", Map.of("nonce", "a")));
    }

    @Test
    void word_of_another_scheme_is_no_scheme() {
        assertThat(parse("Negotiate YIIabc/+de.f==, NTLM"))
                .extracting(Challenge::scheme)
                .containsExactly("Negotiate", "NTLM");
    }

    @Test
    void challenge_that_is_too_long_leaves_the_others() {
        ChallengeParser parser = new ChallengeParser("Digest a=\"" + "x".repeat(5000) + "\", Basic realm=b");
        assertThat(parser.parse()).extracting(Challenge::scheme).containsExactly("Basic");
        assertThat(parser.isCut()).isTrue();
    }

    @Test
    void no_more_than_a_few_challenges_are_read() {
        ChallengeParser parser = new ChallengeParser("Basic realm=b, ".repeat(1000));
        assertThat(parser.parse()).hasSize(16);
        assertThat(parser.isCut()).isTrue();
    }

    @Test
    void no_more_than_a_few_challenges_are_read_of_many_headers() {
        Challenges challenges = Challenges.of(Collections.nCopies(3_000, "Basic realm=b"));
        assertThat(challenges.all()).hasSize(16);
        assertThat(challenges.cut()).isTrue();
    }

    /** An expression that goes back would take minutes for these. */
    @ParameterizedTest
    @ValueSource(
            strings = {" ", ",", "a", "a=", "\"", "\\", "=", "a ", "a,", " ,", "a=b ", "a=\"\\\"", "Digest ", "\u00ff"})
    void nothing_takes_longer_than_its_length(String again) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String end : List.of("", "!", "\"", "=")) {
                parse("Digest a=b" + again.repeat(200_000) + end);
                parse("Digest" + again.repeat(200_000) + end);
            }
        });
    }

    private static List<Challenge> parse(String header) {
        return new ChallengeParser(header).parse();
    }
}
