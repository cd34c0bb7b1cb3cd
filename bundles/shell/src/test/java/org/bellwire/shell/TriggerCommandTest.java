package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.port.Triggers;
import org.bellwire.shell.Shell.Printed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerCommandTest {

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.triggers.listed.add(new Triggers.Status("door", "dial **10 on hall", Optional.empty()));
        shell.triggers.listed.add(new Triggers.Status("gate", "", Optional.of("dial: is missing")));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static String thrown(Printed printed) {
        return printed.thrown().map(Throwable::getMessage).orElse("nothing");
    }

    @Test
    void trigger_is_fired_and_what_came_of_it_is_printed() {
        shell.triggers.outcome = new Triggers.Outcome(
                "answered", Optional.of("by 10, for hall"), List.of("hall: dial 10: accepted, answered"));
        assertThat(shell.run("phone:trigger door").out())
                .isEqualTo("  hall: dial 10: accepted, answered\ndoor: answered: by 10, for hall\n");
        assertThat(shell.triggers.asked).containsExactly("fire door");
    }

    @Test
    void trigger_is_cancelled() {
        shell.run("phone:trigger door --cancel");
        assertThat(shell.triggers.asked).containsExactly("cancel door");
    }

    @Test
    void trigger_that_ignores_it_fails_the_command() {
        shell.triggers.outcome = new Triggers.Outcome("ignored", Optional.of("cooldown"), List.of());
        Printed printed = shell.run("phone:trigger door");
        assertThat(printed.out()).isEqualTo("door: ignored: cooldown\n");
        assertThat(thrown(printed)).isEqualTo("not done");
    }

    @Test
    void trigger_that_is_not_there_is_told_with_the_file_to_write() {
        assertThat(thrown(shell.run("phone:trigger bell")))
                .isEqualTo("there is no trigger 'bell': write etc/org.bellwire.trigger-bell.cfg");
    }

    @Test
    void trigger_with_a_wrong_file_tells_its_fault_here_and_in_the_list() {
        assertThat(thrown(shell.run("phone:trigger gate"))).isEqualTo("dial: is missing");
        assertThat(shell.run("phone:list").out()).contains("trigger gate: dial: is missing");
    }
}
