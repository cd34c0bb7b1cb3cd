package org.bellwire.shell.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.console.Session;
import org.bellwire.shell.Results;
import org.bellwire.shell.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

    private final Shell shell = new Shell();

    @AfterEach
    void close() {
        shell.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Front door",
                "'single' and \"double\"",
                "$HOME ${x} $(phone:list) `date`",
                "back\\slash \\n \\",
                "; phone:dial lobby 666 | grep x & > file < file",
                "{\"number\":\"42\",\"call\":\"TC@1\"}",
                "[1,2] (a b) { c }",
                "#31#42",
                "*69*?~%!",
                "",
                " ",
                "-1",
                "two\nlines\tand a tab",
                "Türklingel – 玄関 🔔",
            })
    void word_reaches_the_command_as_it_is(String word) throws Exception {
        send(word);

        assertThat(shell.orders)
                .singleElement()
                .satisfies(order -> assertThat(order.payload()).isEqualTo(word));
    }

    @Test
    void word_of_all_printable_characters_reaches_the_command_as_it_is() throws Exception {
        String all =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());

        send(all);

        assertThat(shell.orders)
                .singleElement()
                .satisfies(order -> assertThat(order.payload()).isEqualTo(all));
    }

    @Test
    void first_of_several_words_that_is_no_command_is_refused() {
        assertThatThrownBy(() -> run(List.of("phone:list;exit", "x"))).hasMessage("not a command: phone:list;exit");
    }

    private void send(String word) throws Exception {
        shell.result = Results.accepted();
        run(List.of("phone:send", "lobby", "text", word));
    }

    private void run(List<String> words) throws Exception {
        Session session = shell.factory().create(InputStream.nullInputStream(), nowhere(), nowhere());
        try {
            session.execute(CommandText.of(words, session));
        } finally {
            session.close();
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
