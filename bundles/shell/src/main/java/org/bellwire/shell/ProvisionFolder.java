package org.bellwire.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.Provisioning.Content;
import org.bellwire.api.spi.Provisioning.Format;

/** A folder with one file for each phone of a vendor, under the name that the phone asks for. */
final class ProvisionFolder {

    private final Path folder;
    private final Gateway gateway;

    ProvisionFolder(Path folder, Gateway gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    /** How many were written, and which phones have none: without a MAC, or with a token of their own. */
    record Written(int files, List<String> left) {}

    Written write(Phones phones, UrlTarget vendor, Format format) throws CommandException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (PhoneStatus phone : phones.all()) {
            if (!phone.vendor().equals(vendor.binding().info().id())) {
                continue;
            }
            if (phone.mac().isEmpty() || phone.ownToken()) {
                left.add(phone.id() + (phone.ownToken() ? " (has a token of its own)" : " (has no MAC)"));
                continue;
            }
            Content content = new Content(
                    new UrlTarget(vendor.binding(), Optional.of(phone)).urls(gateway), gateway.host(), phone.mac());
            texts.put(format.fileName(phone.mac()), format.render(content));
        }
        try {
            refuseForeign(texts);
            Files.createDirectories(folder);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                write(folder.resolve(text.getKey()), text.getValue());
            }
        } catch (IOException e) {
            throw CommandFailure.because("cannot write to " + folder + ": " + SafeText.of(e.toString())
                    + "; may Bellwire's user write there?");
        }
        return new Written(texts.size(), left);
    }

    /** What somebody else put there stays: only a file with URLs of this gateway is replaced. */
    private void refuseForeign(Map<String, String> texts) throws IOException, CommandException {
        for (String name : texts.keySet()) {
            Path file = folder.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isOurs(file)) {
                throw CommandFailure.because(
                        file + " is not one that phone:provision wrote: move it away, or choose another"
                                + " folder; nothing was written");
            }
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1024 * 1024) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(1024 * 1024), StandardCharsets.UTF_8).contains("/action/");
        }
    }

    private void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(folder, ".bellwire-", ".tmp");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
