package org.bellwire.maintenance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code bin/bellwire} starts for the commands that need no running instance. */
public final class Maintenance {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Installation installation;
    private final Passphrase passphrase;
    private final int iterations;
    private final PrintStream out;
    private final PrintStream err;

    Maintenance(Installation installation, Passphrase passphrase, int iterations, PrintStream out, PrintStream err) {
        this.installation = installation;
        this.passphrase = passphrase;
        this.iterations = iterations;
        this.out = out;
        this.err = err;
    }

    /** The command and its words; the system properties name the folders. Ends with the command's exit status. */
    public static void main(String[] words) {
        Maintenance maintenance = new Maintenance(
                new Installation(folder("home"), folder("etc"), folder("data")),
                new Passphrase(System.getenv(), Optional.ofNullable(System.console())),
                OpenSslCipher.ITERATIONS,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err));
        System.exit(maintenance.run(List.of(words)));
    }

    private static Path folder(String name) {
        return Path.of(System.getProperty("karaf." + name, name));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs a command: 0 done, 1 it failed, 2 wrong usage. */
    int run(List<String> words) {
        try {
            return command(
                    words.isEmpty() ? "" : words.get(0), words.stream().skip(1).toList());
        } catch (Refused e) {
            err.println("bellwire: " + e.getMessage());
            return e.isWrongUsage() ? USAGE : FAILED;
        } catch (IOException e) {
            err.println("bellwire: " + why(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private int command(String command, List<String> words) throws IOException, Refused, InterruptedException {
        switch (command) {
            case "backup" -> backup(words);
            case "restore" -> restore(words);
            case "upgrade" -> upgrade(words);
            case "keep-features" -> keepFeatures(words);
            case "health" -> {
                return health(words) ? DONE : FAILED;
            }
            default -> throw Refused.usage("no such command: " + command);
        }
        return DONE;
    }

    private void backup(List<String> words) throws IOException, Refused {
        Arguments arguments = Arguments.parse(words, Set.of(Passphrase.FILE), Set.of());
        Path file = Path.of(arguments.name("the file to write"));
        char[] secret = passphrase.get(arguments.option(Passphrase.FILE).map(Path::of), true);
        new Backup(installation, out).write(file, new OpenSslCipher(secret, iterations));
    }

    private void restore(List<String> words) throws IOException, Refused {
        Arguments arguments = Arguments.parse(words, Set.of(Passphrase.FILE), Set.of(Arguments.DRY_RUN));
        Path file = Path.of(arguments.name("the file to read"));
        installation.refuseWhileRunning("restore");
        char[] secret = passphrase.get(arguments.option(Passphrase.FILE).map(Path::of), false);
        new Restore(installation, new Replacement(installation, aside()), out)
                .run(new BackupFile(file, new OpenSslCipher(secret, iterations)), arguments.has(Arguments.DRY_RUN));
    }

    private void upgrade(List<String> words) throws IOException, Refused {
        Arguments arguments = Arguments.parse(words, Set.of("--from"), Set.of(Arguments.DRY_RUN));
        if (!arguments.names().isEmpty()) {
            throw Refused.usage("name the other Bellwire's folder with --from, and nothing else");
        }
        Path from = Path.of(arguments
                .option("--from")
                .orElseThrow(() -> Refused.usage("name the other Bellwire's folder with --from")));
        new Upgrade(installation, new Replacement(installation, aside()), out)
                .run(Installation.unpackedIn(from), arguments.has(Arguments.DRY_RUN));
    }

    /** For the Debian package: the folder has lib/etc of the version before; its cache is in the data folder still. */
    private void keepFeatures(List<String> words) throws IOException, Refused {
        Path before = Path.of(Arguments.parse(words, Set.of(), Set.of()).name("the folder"));
        Features features =
                Features.of(new Installation(before, before.resolve("lib/etc"), installation.data()), installation);
        features.changes().forEach(out::println);
        features.write(new Replacement(installation, aside()));
    }

    private boolean health(List<String> words) throws IOException, Refused, InterruptedException {
        Arguments arguments = Arguments.parse(words, Set.of("--wait"), Set.of());
        String seconds = arguments.option("--wait").orElse("0");
        if (!arguments.names().isEmpty() || !seconds.matches("[0-9]{1,4}")) {
            throw Refused.usage("health [--wait seconds]");
        }
        return Health.of(installation, out).isWell(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private Path aside() {
        return installation
                .data()
                .resolve("replaced")
                .resolve(LocalDateTime.now(ZoneId.systemDefault())
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")));
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": permission denied; run this as the user that Bellwire runs as, or as root";
        }
        return e instanceof FileSystemException file && file.getReason() == null
                ? "cannot use " + e.getMessage()
                : String.valueOf(e.getMessage());
    }
}
