package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes back what a backup holds: checked as a whole before the first file is written, and shown. */
final class Restore {

    private final Installation target;
    private final Replacement replacement;
    private final PrintStream out;

    Restore(Installation target, Replacement replacement, PrintStream out) {
        this.target = target;
        this.replacement = replacement;
        this.out = out;
    }

    /** Shows what changes, and changes it unless this is only a try. */
    void run(BackupFile backup, boolean dryRun) throws IOException, Refused {
        List<BackupItem> items = backup.check();
        Map<String, BackupItem> changes = new LinkedHashMap<>();
        int same = 0;
        // The folder of the states is where the restored configuration says; that is not written yet.
        for (BackupItem item : items) {
            Path place = place(item.name());
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                out.println("new       " + place);
                changes.put(item.name(), item);
            } else if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                throw Refused.because(place + " is no file: move it away first; nothing was changed");
            } else if (Digests.of(place).equals(item.sha256())) {
                same++;
            } else {
                out.println("replaced  " + place);
                changes.put(item.name(), item);
            }
        }
        out.println(changes.size() + " files to write, " + same
                + " are the same already; what the backup does not hold stays");
        if (dryRun) {
            out.println("nothing was changed (" + Arguments.DRY_RUN + ")");
            return;
        }
        write(backup, changes);
    }

    private void write(BackupFile backup, Map<String, BackupItem> changes) throws IOException {
        backup.read((name, content) -> {
            BackupItem item = changes.get(name);
            if (item != null && name.startsWith(BackupItem.ETC)) {
                write(item, content);
            }
        });
        backup.read((name, content) -> {
            BackupItem item = changes.get(name);
            if (item != null && name.startsWith(BackupItem.STATES)) {
                write(item, content);
            }
        });
        out.println("written" + (replacement.kept() > 0 ? "; what was replaced is in " + replacement.aside() : ""));
    }

    private void write(BackupItem item, InputStream content) throws IOException {
        Digests.Copied copied = replacement.write(item.name(), place(item.name()), content);
        if (!copied.sha256().equals(item.sha256())) {
            throw new IOException("the backup has changed meanwhile; what was replaced is in " + replacement.aside());
        }
    }

    private Path place(String name) throws IOException {
        return name.startsWith(BackupItem.ETC)
                ? target.etc().resolve(name.substring(BackupItem.ETC.length()))
                : target.spool().resolve(name.substring(BackupItem.STATES.length()));
    }
}
