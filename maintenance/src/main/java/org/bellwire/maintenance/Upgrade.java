package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.bellwire.api.config.RenamedKeys;

/**
 * Takes over configuration and data of another Bellwire. May be run again: what was changed here since is left alone, and only what
 * is new there is taken.
 */
final class Upgrade {

    private static final String ETC = "etc/";
    private static final String DATA = "data/";

    /** What a start makes anew, what belongs to a process, and the other one's logs. */
    private static final Set<String> NOT_TAKEN = Set.of(
            "cache",
            "tmp",
            "log",
            "shell",
            "instances",
            "kar",
            "generated-bundles",
            "replaced",
            "home",
            "karaf.pid",
            "lock",
            TakenFiles.NAME);

    private final Installation here;
    private final Replacement replacement;
    private final PrintStream out;
    private final RenamedKeys renamed;
    private final Map<String, Path> taken = new LinkedHashMap<>();
    private int same;

    Upgrade(Installation here, Replacement replacement, PrintStream out) {
        this(here, replacement, out, RenamedKeys.SHIPPED);
    }

    Upgrade(Installation here, Replacement replacement, PrintStream out, RenamedKeys renamed) {
        this.here = here;
        this.replacement = replacement;
        this.out = out;
        this.renamed = renamed;
    }

    /** Shows what is taken over, and takes it unless this is only a try. */
    void run(Installation there, boolean dryRun) throws IOException, Refused {
        refuse(there);
        TakenFiles before = TakenFiles.read(here.data());
        planConfiguration(there, before);
        planData(there, before);
        out.println(taken.size() + " files to take, " + same + " are the same already");
        Features features = Features.of(there, here);
        features.changes().forEach(out::println);
        if (dryRun) {
            out.println("nothing was changed (" + Arguments.DRY_RUN + ")");
            return;
        }
        for (Map.Entry<String, Path> file : taken.entrySet()) {
            try (InputStream in = Files.newInputStream(file.getValue())) {
                before.note(
                        file.getKey(),
                        replacement
                                .write(file.getKey(), place(file.getKey()), in)
                                .sha256());
            }
        }
        features.write(replacement);
        before.write(replacement);
        out.println("done" + (replacement.kept() > 0 ? "; what was replaced is in " + replacement.aside() : ""));
    }

    private void refuse(Installation there) throws IOException, Refused {
        if (!Files.isDirectory(there.etc()) || !Files.isDirectory(there.home().resolve("bin"))) {
            throw Refused.because(there.home() + " is no folder of Bellwire: it has no bin and etc");
        }
        if (there.etc().toRealPath().equals(here.etc().toRealPath())) {
            throw Refused.because(there.home() + " is this Bellwire itself: run bin/bellwire of the new one");
        }
        there.refuseWhileRunning("take over what it has");
        here.refuseWhileRunning("change what it has");
    }

    private void planConfiguration(Installation there, TakenFiles before) throws IOException {
        FolderListing etc = FolderListing.of(there.etc(), name -> !name.startsWith(".") && !name.endsWith(".example"));
        for (Map.Entry<String, Path> file : etc.files().entrySet()) {
            String name = file.getKey();
            if (VersionFiles.contains(name)) {
                tellOwnChange(there, name, file.getValue());
            } else if (!isAsShipped(there, name, file.getValue())) {
                plan(
                        ETC + name,
                        file.getValue(),
                        before,
                        isAsShipped(here, name, here.etc().resolve(name)));
                tellRenamedKeys(name, file.getValue());
            }
        }
        for (String link : etc.links()) {
            if (!VersionFiles.contains(link)) {
                out.println("a link, make it here, too:  " + there.etc().resolve(link));
            }
        }
    }

    private void planData(Installation there, TakenFiles before) throws IOException {
        FolderListing data = FolderListing.of(there.data(), name -> !NOT_TAKEN.contains(name.replaceFirst("/.*", "")));
        for (Map.Entry<String, Path> file : data.files().entrySet()) {
            plan(DATA + file.getKey(), file.getValue(), before, false);
        }
    }

    /** @param shipped what is here is what this version was shipped with */
    private void plan(String name, Path source, TakenFiles before, boolean shipped) throws IOException {
        Path place = place(name);
        if (!Files.exists(place)) {
            out.println("new       " + place);
        } else if (Files.mismatch(source, place) < 0) {
            same++;
            return;
        } else if (shipped || before.has(name, Digests.of(place))) {
            out.println("replaced  " + place);
        } else {
            out.println("kept      " + place + ": it was changed here; compare it with " + source);
            return;
        }
        taken.put(name, source);
    }

    private Path place(String name) {
        return name.startsWith(ETC)
                ? here.etc().resolve(name.substring(ETC.length()))
                : here.data().resolve(name.substring(DATA.length()));
    }

    private static boolean isAsShipped(Installation installation, String name, Path file) throws IOException {
        Path shipped = installation.shippedEtc().resolve(name);
        return Files.isRegularFile(shipped) && Files.isRegularFile(file) && Files.mismatch(file, shipped) < 0;
    }

    /** Whoever changed a file of the version changed it for a reason, which the new version may not know. */
    private void tellOwnChange(Installation there, String name, Path file) throws IOException {
        Path shipped = there.shippedEtc().resolve(name);
        if (VersionFiles.isWorthAWord(name) && Files.isRegularFile(shipped) && Files.mismatch(file, shipped) >= 0) {
            out.println("not taken " + file
                    + ": it belongs to the version and was changed there; do the same here if you still need it");
        }
    }

    private void tellRenamedKeys(String name, Path file) throws IOException {
        Properties properties = Installation.properties(file);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            renamed.advice(name, key)
                    .ifPresent(advice -> out.println("change    " + ETC + name + ": " + key + ": " + advice));
        }
    }
}
