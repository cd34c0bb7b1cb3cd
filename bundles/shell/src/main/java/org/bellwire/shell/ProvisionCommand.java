package org.bellwire.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.Provisioning.Content;
import org.bellwire.api.spi.Provisioning.Format;
import org.bellwire.shell.complete.FormatNames;
import org.bellwire.shell.complete.PhonesAndVendors;
import org.jspecify.annotations.Nullable;

/**
 * {@code phone:provision}. The text alone goes to the standard output, so that it can be redirected into a file; what to do
 * with it goes to the standard error.
 */
@Service
@Command(scope = "phone", name = "provision", description = "Prints the configuration that makes a phone report")
@SuppressWarnings("NullAway.Init")
public final class ProvisionCommand implements Action {

    private static final String OPTION = "--format";

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Reference
    Session session;

    @Option(name = OPTION, description = "One of the vendor's formats (default: its first)")
    @Completion(FormatNames.class)
    @Nullable
    String format;

    @Argument(index = 0, name = "id", description = "The phone, or a vendor for all its phones", required = true)
    @Completion(PhonesAndVendors.class)
    String id;

    /** Karaf takes options before the arguments only: here the option may follow. */
    @Argument(index = 1, name = "format", description = "The format, with or without --format before it")
    @Completion(FormatNames.class)
    @Nullable
    String second;

    @Argument(index = 2, name = "F", description = "The format after --format")
    @Completion(FormatNames.class)
    @Nullable
    String third;

    @Override
    public @Nullable Object execute() throws CommandException {
        UrlTarget target = UrlTarget.find(ShellServices.phones(phones), id);
        Gateway running = ShellServices.gateway(gateway);
        List<Format> formats = target.binding().provisioning().formats();
        Optional<String> wanted = wanted();
        if (formats.isEmpty() && wanted.isEmpty()) {
            System.err.println(target.binding().info().name() + " takes no configuration file: paste the URLs.");
            new UrlList(target, running).print(System.out, Screen.of(session));
            return null;
        }
        Format chosen = wanted.isEmpty() ? formats.get(0) : choose(formats, wanted.get());
        Optional<String> mac = target.phone().flatMap(PhoneStatus::mac);
        System.out.print(chosen.render(new Content(target.urls(running), running.host(), mac)));
        System.err.println("Upload as " + chosen.fileName(mac) + ", or see "
                + target.binding().provisioning().menu() + ". Formats: " + names(formats) + ".");
        target.note().ifPresent(System.err::println);
        return null;
    }

    private Optional<String> wanted() throws CommandException {
        if (OPTION.equals(second)) {
            return Optional.of(
                    Optional.ofNullable(third).orElseThrow(() -> CommandFailure.usage(OPTION + " needs a format")));
        }
        if (third != null) {
            throw CommandFailure.usage("phone:provision <id> [--format F]");
        }
        return Stream.of(Optional.ofNullable(format), Optional.ofNullable(second))
                .flatMap(Optional::stream)
                .map(word -> word.startsWith(OPTION + "=") ? word.substring(OPTION.length() + 1) : word)
                .findFirst();
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
