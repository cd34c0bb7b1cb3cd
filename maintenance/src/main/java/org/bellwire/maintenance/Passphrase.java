package org.bellwire.maintenance;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Where a backup's passphrase comes from. Never from the command line, which every user of the machine can read. */
final class Passphrase {

    static final String FILE = "--passphrase-file";
    static final String VARIABLE = "BELLWIRE_PASSPHRASE";

    private static final int MIN = 8;

    private final Map<String, String> environment;
    private final Optional<Console> console;

    Passphrase(Map<String, String> environment, Optional<Console> console) {
        this.environment = Map.copyOf(environment);
        this.console = console;
    }

    /**
     * The first line of a file, else the variable, else what is typed.
     *
     * @param fresh it is a new one: it must not be short, and is asked for twice
     */
    char[] get(Optional<Path> file, boolean fresh) throws Refused, IOException {
        char[] passphrase =
                file.isPresent() ? firstLine(file.get()) : variable().orElse(new char[0]);
        if (passphrase.length == 0 && file.isEmpty()) {
            passphrase = typed(fresh);
        }
        if (fresh && passphrase.length < MIN) {
            throw Refused.because("a passphrase has " + MIN + " characters or more");
        }
        return passphrase;
    }

    private Optional<char[]> variable() {
        return Optional.ofNullable(environment.get(VARIABLE)).map(String::toCharArray);
    }

    private static char[] firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            char[] line = new char[1024];
            int length = Math.max(0, reader.read(line));
            int end = 0;
            while (end < length && line[end] != '\n' && line[end] != '\r') {
                end++;
            }
            return Arrays.copyOf(line, end);
        }
    }

    private char[] typed(boolean fresh) throws Refused {
        Console terminal = console.orElseThrow(() -> Refused.because(
                "no passphrase: name a file with " + FILE + ", set " + VARIABLE + ", or run this in a terminal"));
        char[] first = read(terminal, "Passphrase: ");
        if (fresh && !Arrays.equals(first, read(terminal, "Once more: "))) {
            throw Refused.because("these were two different ones");
        }
        return first;
    }

    private static char[] read(Console terminal, String prompt) {
        return Optional.ofNullable(terminal.readPassword(prompt)).orElse(new char[0]);
    }
}
