package org.bellwire.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.SettingsPush;
import org.bellwire.api.spi.Provisioning.Content;
import org.bellwire.api.spi.Provisioning.Format;
import org.bellwire.shell.ProvisionFolder.Written;
import org.bellwire.shell.complete.FormatNames;
import org.bellwire.shell.complete.PhonesAndVendors;
import org.bellwire.shell.complete.ProvisionWords;
import org.jspecify.annotations.Nullable;

/**
 * {@code phone:provision}. The text alone goes to the standard output, so that it can be redirected into a file; what to do
 * with it goes to the standard error.
 */
@Service
@Command(
        scope = "phone",
        name = "provision",
        description = "Prints the configuration that makes a phone report, or writes it for all phones of a vendor",
        detailedDescription =
                "The text alone goes to the standard output. Phones that fetch their configuration can fetch it from this gateway instead: http://<gateway>:<port>/provision/<vendor>/<token>/<file>.")
@SuppressWarnings("NullAway.Init")
public final class ProvisionCommand implements Action {

    private static final String OPTION = "--format";
    private static final String ALL = "--all";
    private static final String PUSH = "--push";
    private static final String RESTORE = "--restore";
    private static final String USAGE = "phone:provision <id or vendor> [--format F] [--all DIR] [--push or --restore]";

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Reference(optional = true)
    @Nullable
    SettingsPush settings;

    @Reference
    Session session;

    @Option(name = OPTION, description = "One of the vendor's formats (default: its first)")
    @Completion(FormatNames.class)
    @Nullable
    String format;

    @Option(name = ALL, description = "Writes one file for each phone of the vendor into this folder")
    @Nullable
    String all;

    @Option(name = PUSH, description = "Writes the URLs into the phone, where its vendor allows that")
    boolean push;

    @Option(name = RESTORE, description = "Undoes --push, as far as nobody has changed it since")
    boolean restore;

    @Argument(index = 0, name = "id", description = "The phone, or a vendor for all its phones", required = true)
    @Completion(PhonesAndVendors.class)
    String id;

    @Argument(
            index = 1,
            name = "options",
            description = "The format, with or without --format before it, and the other options",
            multiValued = true)
    @Completion(ProvisionWords.class)
    @Nullable
    List<String> rest;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        List<String> words = new ArrayList<>(rest == null ? List.of() : rest);
        boolean bare = !words.isEmpty() && !words.get(0).startsWith("--");
        Optional<String> first = bare ? Optional.of(words.remove(0)) : Optional.empty();
        TrailingOptions options = TrailingOptions.of(words, Set.of(OPTION, ALL), Set.of(PUSH, RESTORE), USAGE);
        Optional<String> wanted = first.or(() -> options.value(OPTION, format));
        Optional<String> folder = options.value(ALL, all);
        Phones known = ShellServices.phones(phones);
        UrlTarget target = folder.isPresent() ? UrlTarget.findVendor(known, id) : UrlTarget.find(known, id);
        boolean undo = options.has(RESTORE, restore);
        if (undo || options.has(PUSH, push)) {
            write(target, undo);
            return null;
        }
        Gateway running = ShellServices.gateway(gateway);
        if (folder.isPresent()) {
            writeAll(target, running, wanted, folder.get());
        } else {
            print(target, running, wanted);
        }
        return null;
    }

    private void write(UrlTarget target, boolean undo) throws CommandException, InterruptedException {
        String option = undo ? RESTORE : PUSH;
        if (target.binding().settingsPage().isEmpty()) {
            throw CommandFailure.because(
                    option + " is not supported by this vendor: upload the file, or let the phone fetch it");
        }
        if (target.phone().isEmpty()) {
            throw CommandFailure.usage(option + " takes a phone, not a vendor; usage: " + USAGE);
        }
        SettingsPush there = ShellServices.settings(settings);
        Optional<String> objection = there.objection(id);
        if (objection.isPresent()) {
            throw CommandFailure.because(SafeText.of(objection.get()));
        }
        Path folder = Path.of(System.getProperty("karaf.data", "data")).resolve("pushed");
        SettingsPusher pusher = new SettingsPusher(there, new PushedSettings(folder, new PhoneId(id)), id, System.out);
        try {
            if (undo) {
                pusher.restore();
            } else {
                pusher.push(ShellServices.gateway(gateway));
            }
        } catch (IOException e) {
            throw CommandFailure.because("cannot keep what was there before in " + folder + ": "
                    + SafeText.of(String.valueOf(e.getMessage())) + "; nothing was written");
        }
    }

    private void print(UrlTarget target, Gateway running, Optional<String> wanted) throws CommandException {
        List<Format> formats = target.binding().provisioning().formats();
        if (formats.isEmpty() && wanted.isEmpty()) {
            System.err.println(target.binding().info().name() + " takes no configuration file: paste the URLs.");
            new UrlList(target, running).print(System.out, Screen.of(session));
            return;
        }
        Format chosen = wanted.isEmpty() ? formats.get(0) : choose(formats, wanted.get());
        Optional<String> mac = target.phone().flatMap(PhoneStatus::mac);
        System.out.print(chosen.render(new Content(target.urls(running), running.host(), mac)));
        System.err.println("Upload as " + chosen.fileName(mac) + ", or see "
                + target.binding().provisioning().menu() + ". Formats: " + names(formats) + ".");
        target.note().ifPresent(System.err::println);
    }

    private void writeAll(UrlTarget target, Gateway running, Optional<String> wanted, String folder)
            throws CommandException {
        List<Format> formats = target.binding().provisioning().formats();
        if (target.phone().isPresent()) {
            throw CommandFailure.usage(ALL + " takes a vendor, not a phone: phone:provision "
                    + target.binding().info().id() + " " + ALL + " DIR");
        }
        if (formats.isEmpty() && wanted.isEmpty()) {
            throw CommandFailure.because(
                    target.binding().info().name() + " takes no configuration file: phone:urls tells what to paste");
        }
        Format chosen = wanted.isEmpty() ? formats.get(0) : choose(formats, wanted.get());
        Path path = UserFolder.resolve(session, folder);
        Written written = new ProvisionFolder(path, running).write(ShellServices.phones(phones), target, chosen);
        System.out.println(written.files() + (written.files() == 1 ? " file" : " files") + " in " + path);
        written.left().forEach(phone -> System.err.println("no file for " + SafeText.of(phone)));
    }

    private static Format choose(List<Format> formats, String name) throws CommandException {
        return formats.stream()
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("no format '" + SafeText.of(name) + "'; there is "
                        + (formats.isEmpty() ? "none" : names(formats))));
    }

    private static String names(List<Format> formats) {
        return formats.stream().map(Format::name).collect(Collectors.joining(", "));
    }
}
