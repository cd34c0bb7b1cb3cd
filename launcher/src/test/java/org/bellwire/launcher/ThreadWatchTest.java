package org.bellwire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadWatchTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<String> ends = new ArrayList<>();
    private Path log = Path.of("");

    @BeforeEach
    void java_begins_its_log() {
        log = folder.resolve("threads.log");
    }

    private void look() {
        new ThreadWatch(log, ends::add).look();
    }

    @Test
    void thread_that_could_not_be_started_ends_the_process_and_says_what_to_change() throws IOException {
        Files.writeString(log, """
                Failed to start thread "Unknown thread" - pthread_create failed (EAGAIN) for attributes: stacksize: 512k
                Failed to start the native thread for java.lang.Thread "bellwire-line"
                """);
        look();
        assertThat(ends).singleElement().asString().contains("bellwire-line", "TasksMax=", "ulimit -u");
    }

    @Test
    void nothing_ends_while_all_threads_start() throws IOException {
        look();
        Files.createFile(log);
        look();
        assertThat(ends).isEmpty();
    }

    @Test
    void what_else_java_warns_of_ends_nothing() throws IOException {
        Files.writeString(log, "Attempt to set the priority failed\n");
        look();
        assertThat(ends).isEmpty();
    }
}
