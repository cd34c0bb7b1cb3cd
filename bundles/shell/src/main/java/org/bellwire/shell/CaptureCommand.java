package org.bellwire.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.WireListener;
import org.bellwire.shell.capture.Capture;
import org.bellwire.shell.complete.PhoneIds;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** {@code phone:capture}. Listens only while it runs. */
@Service
@Command(
        scope = "phone",
        name = "capture",
        description = "Writes the next requests of a phone, and to it, into a file that can be given away",
        detailedDescription =
                "Both ways, with the answers, byte for byte, but with made-up numbers, names and addresses and without tokens and passwords."
                        + " Ends after so many requests, after --minutes, at 1 MiB, or with Ctrl-C. The file is below data/captures.")
@SuppressWarnings("NullAway.Init")
public final class CaptureCommand implements Action {

    private static final String MINUTES = "--minutes";
    private static final String USAGE = "phone:capture <id> [n] [--minutes M]";
    private static final int USUAL = 20;
    private static final int MOST = 1000;
    private static final int USUAL_MINUTES = 10;
    private static final int MOST_MINUTES = 120;

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Reference
    BundleContext context;

    @Option(name = MINUTES, description = "How long it waits in all (default: 10)")
    @Nullable
    String minutes;

    @Argument(index = 0, name = "id", description = "The phone", required = true)
    @Completion(PhoneIds.class)
    String id;

    @Argument(index = 1, name = "n", description = "How many requests (default: 20)", multiValued = true)
    @Nullable
    List<String> rest;

    @Override
    @SuppressWarnings("JdkObsolete") // services are registered with dictionaries
    public @Nullable Object execute() throws CommandException {
        List<String> words = new ArrayList<>(rest == null ? List.of() : rest);
        boolean bare = !words.isEmpty() && !words.get(0).startsWith("--");
        int most = number(bare ? words.remove(0) : String.valueOf(USUAL), MOST);
        TrailingOptions options = TrailingOptions.of(words, Set.of(MINUTES), Set.of(), USAGE);
        int longest = number(options.value(MINUTES, minutes).orElse(String.valueOf(USUAL_MINUTES)), MOST_MINUTES);
        Capture capture = capture(UrlTarget.find(ShellServices.phones(phones), id));
        ServiceRegistration<WireListener> registration =
                context.registerService(WireListener.class, capture.listener(), new Hashtable<>());
        try {
            Capture.Written written = capture.run(most, Duration.ofMinutes(longest), System.out);
            System.out.println(
                    written.exchanges() + " in " + written.file() + ": look through it before you give it away");
        } catch (IOException e) {
            throw CommandFailure.because("cannot write the capture: " + SafeText.of(String.valueOf(e.getMessage())));
        } finally {
            registration.unregister();
        }
        return null;
    }

    private Capture capture(UrlTarget target) throws CommandException {
        if (target.phone().isEmpty()) {
            throw CommandFailure.usage("'" + SafeText.of(id) + "' is a vendor; usage: " + USAGE);
        }
        return new Capture(
                target.phone().get(),
                target.binding(),
                Optional.ofNullable(gateway)
                        .flatMap(running -> SiteId.parse(target.phone().get().site())
                                .map(running::token)
                                .orElseGet(() -> Optional.of(running.token()))),
                Path.of(System.getProperty("karaf.data", "data")).resolve("captures"),
                Clock.systemUTC());
    }

    private static int number(String text, int most) throws CommandException {
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > most) {
            throw CommandFailure.usage(
                    "'" + SafeText.of(text) + "' is no number from 1 to " + most + "; usage: " + USAGE);
        }
        return Integer.parseInt(text);
    }
}
