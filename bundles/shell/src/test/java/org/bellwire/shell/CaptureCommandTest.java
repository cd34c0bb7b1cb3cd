package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureCommandTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.phones.add(ShownPhones.lobby());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody", "acme", "lobby 0", "lobby 1001", "lobby x", "lobby --minutes 121", "lobby 5 --hours 1"
            })
    void wrong_words_end_it_before_anybody_listens(String words) {
        assertThat(shell.run("phone:capture " + words).thrown()).isPresent();
        assertThat(shell.watchers).isEmpty();
    }
}
