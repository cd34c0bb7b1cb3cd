package org.bellwire.maintenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Bellwire of few files, and what its commands print. */
final class FakeInstallation {

    static final String PASSPHRASE = "a pass phrase with ümlaut";

    /** Of the key's derivation, so that a test takes no seconds. */
    static final int FEW = 1_000;

    private final Installation installation;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    FakeInstallation(Path home) {
        installation = Installation.unpackedIn(home);
        folder("bin").folder("etc").folder("data");
    }

    Installation installation() {
        return installation;
    }

    Path home() {
        return installation.home();
    }

    FakeInstallation folder(String name) {
        try {
            Files.createDirectories(home().resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, with the folders above it. */
    FakeInstallation with(String name, String text) {
        try {
            Path file = home().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of etc, as this version ships it. */
    FakeInstallation shipping(String name, String text) {
        return with("etc/" + name, text).with("lib/etc/" + name, text);
    }

    String text(String name) throws IOException {
        return Files.readString(home().resolve(name));
    }

    boolean has(String name) {
        return Files.exists(home().resolve(name));
    }

    /** Runs a command, with this passphrase in the environment. */
    int runs(String passphrase, String... words) {
        return runs(FEW, passphrase, words);
    }

    /** The same, with a key that is derived by so many iterations. */
    int runs(int iterations, String passphrase, String... words) {
        printed.reset();
        PrintStream print = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Map<String, String> environment = passphrase.isEmpty() ? Map.of() : Map.of(Passphrase.VARIABLE, passphrase);
        return new Maintenance(installation, new Passphrase(environment, Optional.empty()), iterations, print, print)
                .run(Arrays.asList(words));
    }

    int runs(List<String> words) {
        return runs(PASSPHRASE, words.toArray(String[]::new));
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
