package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainCommandTest {

    @Test
    void drained_gateway_says_what_undoes_it() {
        try (Shell shell = new Shell()) {
            assertThat(shell.run("phone:drain").out()).startsWith("drained: ").contains("phone:drain --off");
            assertThat(shell.drained).isTrue();
            assertThat(shell.run("phone:drain").out()).startsWith("already drained: ");
        }
    }

    @Test
    void drained_gateway_comes_back() {
        try (Shell shell = new Shell()) {
            shell.run("phone:drain");
            assertThat(shell.run("phone:drain --off").out()).startsWith("back: ");
            assertThat(shell.drained).isFalse();
            assertThat(shell.run("phone:drain --off").out()).startsWith("already back: ");
        }
    }

    @Test
    void list_of_phones_reminds_of_it() {
        try (Shell shell = new Shell()) {
            assertThat(shell.run("phone:list").out()).doesNotContain("drained");
            shell.run("phone:drain");
            assertThat(shell.run("phone:list").out()).contains("phone:drain --off");
            assertThat(shell.run("phone:list --json").out()).as("for programs").doesNotContain("drained");
        }
    }

    @Test
    void nothing_is_drained_without_the_bundle_that_answers_probes() {
        try (Shell alone = new Shell(false)) {
            assertThat(alone.run("phone:drain").thrown())
                    .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("health"));
        }
    }
}
