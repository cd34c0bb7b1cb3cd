package org.bellwire.shell;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.shell.complete.PhoneIds;
import org.jspecify.annotations.Nullable;

/** {@code phone:show}. */
@Service
@Command(scope = "phone", name = "show", description = "Shows all that is known of one phone or group")
@SuppressWarnings("NullAway.Init")
public final class ShowCommand implements Action {

    private static final String JSON = "--json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @Reference(optional = true)
    @Nullable
    Phones phones;

    @Reference(optional = true)
    @Nullable
    Groups groups;

    @Reference(optional = true)
    @Nullable
    RemotePhones remote;

    @Reference
    Session session;

    @Option(name = JSON, description = "Prints a JSON object")
    boolean json;

    @Argument(index = 0, name = "id", description = "The phone or group", required = true)
    @Completion(PhoneIds.class)
    String id;

    @Argument(index = 1, name = "options", description = "--json", multiValued = true)
    @Completion(value = StringsCompleter.class, values = JSON)
    @Nullable
    List<String> rest;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        Phones known = ShellServices.phones(phones);
        Bus.Subscription watching = RemoteView.open(remote);
        try {
            show(known);
        } finally {
            watching.close();
        }
        return null;
    }

    private void show(Phones known) throws CommandException {
        TrailingOptions options = TrailingOptions.of(rest, Set.of(), Set.of(JSON), "phone:show <id> [--json]");
        Optional<Groups.Group> group = groups == null ? Optional.empty() : groups.find(id);
        if (group.isPresent() && known.find(id).isEmpty()) {
            show(known, group.get(), options.has(JSON, json));
            return;
        }
        PhoneStatus phone = UrlTarget.phone(known, id);
        Optional<PhoneBinding> binding = known.bindings().stream()
                .filter(candidate -> candidate.info().id().equals(phone.vendor()))
                .findFirst();
        if (options.has(JSON, json)) {
            System.out.println(PhoneJson.show(phone, binding));
        } else {
            print(phone, binding, new Fields(System.out, Screen.of(session)));
        }
    }

    private void show(Phones known, Groups.Group group, boolean asJson) {
        if (asJson) {
            System.out.println(PhoneJson.group(group));
            return;
        }
        Fields fields = new Fields(System.out, Screen.of(session));
        fields.add("Id", group.id());
        fields.add("Name", group.name());
        fields.add("Kind", "group");
        fields.add(
                "Phones",
                group.members().stream()
                        .map(member -> member.value() + call(known, member.value()))
                        .collect(Collectors.joining(", ")));
        group.fault().ifPresent(fault -> fields.add("Wrong", fault));
    }

    private static String call(Phones known, String member) {
        return known.find(member)
                .flatMap(phone -> Optional.ofNullable(phone.states().get(Property.CALL)))
                .map(call -> " (" + call + ")")
                .orElse("");
    }

    private static void print(PhoneStatus phone, Optional<PhoneBinding> binding, Fields fields) {
        fields.add("Id", phone.id());
        fields.add("Name", phone.name());
        fields.add(
                "Vendor",
                phone.vendor() + binding.map(b -> " (" + b.info().name() + ")").orElse(""));
        phone.mac().ifPresent(mac -> fields.add("MAC", mac));
        phone.host().ifPresent(host -> fields.add("Host", host));
        fields.add("Token", phone.ownToken() ? "its own" : "the site's");
        phone.elsewhere().ifPresent(gateway -> fields.add("Served by", servedBy(gateway)));
        if (phone.elsewhere().isEmpty() || PhoneTable.isHeardOf(phone)) {
            fields.add("Availability", phone.online() ? "online" : "offline");
        }
        phone.lastEvent().ifPresent(event -> fields.add("Last event", event + time(phone)));
        new TreeMap<>(phone.states()).forEach((property, value) -> fields.add(property.wire(), value));
        binding.ifPresent(vendor -> printVendor(vendor, fields));
        phone.fault().ifPresent(fault -> fields.add("Wrong", fault));
    }

    private static String servedBy(String gateway) {
        return gateway.equals(PhoneStatus.NOBODY) ? "no gateway until it has been given to another one" : gateway;
    }

    private static void printVendor(PhoneBinding binding, Fields fields) {
        fields.add("Commands", words(binding.commandNames(), CommandName::wire));
        fields.add("Events", words(binding.events().events(), EventType::wire));
    }

    private static String time(PhoneStatus phone) {
        return phone.lastEventTime()
                .map(time -> ", " + TIME.format(time.atZone(ZoneId.systemDefault())))
                .orElse("");
    }

    private static <T> String words(Collection<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.joining(" "));
    }

    /** Where the fields go to. */
    private record Fields(PrintStream out, Screen screen) {
        void add(String heading, String text) {
            screen.printField(out, heading, SafeText.of(text));
        }
    }
}
