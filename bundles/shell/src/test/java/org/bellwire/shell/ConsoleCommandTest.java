package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleCommandTest {

    @Test
    void link_stands_alone_on_the_standard_output() {
        try (Shell shell = new Shell()) {
            assertThat(shell.run("phone:console").out()).isEqualTo("http://127.0.0.1:8181/#login=once\n");
        }
    }

    @Test
    void without_a_page_the_feature_that_brings_it_is_named() {
        try (Shell alone = new Shell(false)) {
            assertThat(alone.run("phone:console").thrown())
                    .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("feature:install bellwire-console"));
        }
    }
}
