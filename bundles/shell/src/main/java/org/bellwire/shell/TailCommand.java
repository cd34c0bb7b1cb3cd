package org.bellwire.shell;

import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
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
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.shell.TailLine.Kind;
import org.bellwire.shell.complete.TailWords;
import org.bellwire.shell.complete.VendorIds;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** {@code phone:tail}. Listens only while it runs. */
@Service
@Command(
        scope = "phone",
        name = "tail",
        description = "Shows what happens to the phones, until Ctrl-C",
        detailedDescription =
                "One line for each event, change of states, command with its result, and phone that comes or goes."
                        + " An id may hold * and ?. On a terminal with colours, unless NO_COLOR is set. Who reads too slowly is told how many"
                        + " lines were left out.")
@SuppressWarnings("NullAway.Init")
public final class TailCommand implements Action {

    private static final String VENDOR = "--vendor";
    private static final String EVENTS = "--events";
    private static final String STATES = "--states";
    private static final String COMMANDS = "--commands";
    private static final Set<String> KINDS = Set.of(EVENTS, STATES, COMMANDS);
    private static final String USAGE = "phone:tail [<id>] [--vendor V] [--events] [--states] [--commands]";

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    RemotePhones remote;

    @Reference
    BundleContext context;

    @Reference
    Session session;

    @Option(name = VENDOR, description = "Only phones of this vendor")
    @Completion(VendorIds.class)
    @Nullable
    String vendor;

    @Option(name = EVENTS, description = "Only events (and of what else is named)")
    boolean events;

    @Option(name = STATES, description = "Only states (and of what else is named)")
    boolean states;

    @Option(name = COMMANDS, description = "Only commands (and of what else is named)")
    boolean commands;

    @Argument(
            index = 0,
            name = "id",
            description = "The phone, or a pattern such as floor2-* (default: all)",
            multiValued = true)
    @Completion(TailWords.class)
    @Nullable
    List<String> rest;

    @Override
    @SuppressWarnings("JdkObsolete") // services are registered with dictionaries
    public @Nullable Object execute() throws CommandException {
        TailFeed feed = new TailFeed(filter(ShellServices.phones(phones)), Clock.systemUTC());
        ServiceRegistration<PhoneListener> registration =
                context.registerService(PhoneListener.class, feed, new Hashtable<>());
        Bus.Subscription others = RemoteView.watch(remote, feed);
        try {
            show(feed, System.out, Screen.of(session).colours());
        } catch (InterruptedException e) {
            // Ctrl-C, or the client of bin/bellwire is gone: that is how it ends.
            return null;
        } finally {
            others.close();
            registration.unregister();
        }
        return null;
    }

    private TailFilter filter(Phones known) throws CommandException {
        List<String> words = new ArrayList<>(rest == null ? List.of() : rest);
        boolean withId = !words.isEmpty() && !words.get(0).startsWith("--");
        Optional<String> id = withId ? Optional.of(words.remove(0)) : Optional.empty();
        TrailingOptions options = TrailingOptions.of(words, Set.of(VENDOR), KINDS, USAGE);
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (options.has(EVENTS, events)) {
            kinds.add(Kind.EVENT);
        }
        if (options.has(STATES, states)) {
            kinds.add(Kind.STATE);
        }
        if (options.has(COMMANDS, commands)) {
            kinds.add(Kind.COMMAND);
        }
        if (id.isPresent() && id.get().matches("[^*?]*")) {
            UrlTarget.phone(known, id.get());
        }
        return new TailFilter(known, id.map(TailFilter::pattern), options.value(VENDOR, vendor), kinds);
    }

    /** Until the thread is interrupted, or nobody takes the output any more. */
    private static void show(TailFeed feed, PrintStream out, boolean colours) throws InterruptedException {
        while (!out.checkError() && !Thread.currentThread().isInterrupted()) {
            feed.next().ifPresent(line -> out.println(line.shown(colours, ZoneId.systemDefault())));
            long lost = feed.lost();
            if (lost > 0) {
                out.println("... " + lost + " lines left out: they came faster than they could be shown");
            }
        }
    }
}
