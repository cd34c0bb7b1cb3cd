package org.bellwire.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.lifecycle.Manager;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.ConsoleLinks;
import org.bellwire.api.port.Draining;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.port.UnknownPhones.Adopted;
import org.bellwire.api.port.UnknownPhones.Adoption;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.port.WireListener;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.shell.complete.AdoptWords;
import org.bellwire.shell.complete.CommandNames;
import org.bellwire.shell.complete.EventNames;
import org.bellwire.shell.complete.FileNames;
import org.bellwire.shell.complete.FormatNames;
import org.bellwire.shell.complete.InboxMacs;
import org.bellwire.shell.complete.PhoneIds;
import org.bellwire.shell.complete.PhonesAndVendors;
import org.bellwire.shell.complete.ProvisionWords;
import org.bellwire.shell.complete.SimulatedVendors;
import org.bellwire.shell.complete.TailWords;
import org.bellwire.shell.complete.TriggerIds;
import org.bellwire.shell.complete.VendorIds;
import org.bellwire.testkit.MemoryPhoneFiles;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Karaf's own shell with the phone commands in it, over ports that a test fills. */
public final class Shell implements AutoCloseable {

    /** The classes that Karaf finds by the header {@code Karaf-Commands}. */
    public static final List<Class<?>> COMMANDS = List.of(
            ListCommand.class,
            ShowCommand.class,
            UrlsCommand.class,
            ProvisionCommand.class,
            SendCommand.class,
            DialCommand.class,
            TriggerCommand.class,
            VendorsCommand.class,
            SimulateCommand.class,
            InboxCommand.class,
            AdoptCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            TailCommand.class,
            CaptureCommand.class,
            ConsoleCommand.class,
            DrainCommand.class);

    private static final List<Class<?>> COMPLETERS = List.of(
            PhoneIds.class,
            TriggerIds.class,
            PhonesAndVendors.class,
            CommandNames.class,
            FormatNames.class,
            SimulatedVendors.class,
            EventNames.class,
            InboxMacs.class,
            AdoptWords.class,
            TailWords.class,
            VendorIds.class,
            ProvisionWords.class,
            FileNames.class);

    public final List<Phones.PhoneStatus> phones = new ArrayList<>();
    public final List<Groups.Group> groups = new ArrayList<>();
    public final ListedTriggers triggers = new ListedTriggers();
    public final List<PhoneBinding> bindings = new ArrayList<>();
    public final List<CommandOrder> orders = new CopyOnWriteArrayList<>();
    public final List<UnknownPhone> unknown = new ArrayList<>();
    public final List<Adoption> adoptions = new ArrayList<>();
    public final MemoryPhoneFiles files = new MemoryPhoneFiles();
    public final List<PhoneListener> listeners = new CopyOnWriteArrayList<>();
    public final List<WireListener> watchers = new CopyOnWriteArrayList<>();
    /** Who watches the phones of other gateways. */
    public final List<PhoneListener> remoteWatchers = new CopyOnWriteArrayList<>();
    /** How often somebody waited until those phones were known. */
    public int remoteWaits;
    /** {@code phone:drain} was called last without {@code --off}. */
    public boolean drained;

    public CompletionStage<Result> result = new CompletableFuture<>();

    private final ThreadIOImpl io = new ThreadIOImpl();
    private final SessionFactoryImpl factory;

    public Shell() {
        this(true);
    }

    /** With the other bundles, or alone. */
    Shell(boolean others) {
        io.start();
        factory = new SessionFactoryImpl(io);
        Registry ports = new RegistryImpl(factory);
        if (others) {
            ports.register(new PhoneList());
            ports.register(new GroupList());
            ports.register(new Recorder());
            ports.register(new Simulator());
            ports.register(new Ingress());
            ports.register(triggers);
            ports.register(new Drain());
            ports.register(new Remote());
            ports.register(new UnknownList());
            ports.register(files);
            ports.register((ConsoleLinks) () -> "http://127.0.0.1:8181/#login=once");
        }
        ports.register(context());
        Manager manager = new ManagerImpl(ports, factory);
        COMPLETERS.forEach(manager::register);
        COMMANDS.forEach(manager::register);
    }

    private final class Remote implements RemotePhones {
        @Override
        public CompletionStage<Result> send(CommandOrder order) {
            throw new AssertionError("core does");
        }

        @Override
        public Bus.Subscription watch(Set<PhoneId> phones, PhoneListener listener) {
            throw new AssertionError("only triggers ask for a few phones");
        }

        @Override
        public Bus.Subscription watch(PhoneListener listener) {
            remoteWatchers.add(listener);
            return () -> remoteWatchers.remove(listener);
        }

        @Override
        public CompletionStage<Void> heard() {
            remoteWaits += remoteWatchers.size();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Optional<State> find(PhoneId phone) {
            throw new AssertionError("core does");
        }
    }

    private final class GroupList implements Groups {
        @Override
        public List<Group> all() {
            return groups;
        }

        @Override
        public Optional<Group> find(String id) {
            return groups.stream().filter(group -> group.id().equals(id)).findFirst();
        }
    }

    /** Takes listeners in and lets them go. */
    private BundleContext context() {
        return fake(BundleContext.class, (method, arguments) -> {
            if (arguments[1] instanceof WireListener watcher) {
                watchers.add(watcher);
                return fake(ServiceRegistration.class, (end, none) -> watchers.remove(watcher));
            }
            PhoneListener listener = (PhoneListener) arguments[1];
            listeners.add(listener);
            return fake(ServiceRegistration.class, (end, none) -> listeners.remove(listener));
        });
    }

    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Shell.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals")
                                ? self == arguments[0]
                                : method.getName().equals("hashCode") ? 1 : type.getName();
                    }
                    Object result = answer.to(method, arguments == null ? new Object[0] : arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private final class UnknownList implements UnknownPhones {
        @Override
        public List<UnknownPhone> all() {
            return unknown;
        }

        @Override
        public Adopted adopt(Adoption adoption) throws NotWritten {
            adoptions.add(adoption);
            UnknownPhone phone = unknown.stream()
                    .findFirst()
                    .orElseThrow(() -> new NotWritten("'" + adoption.phone() + "' is not in the inbox"));
            String id = adoption.id().orElse("001fc11a8b6c");
            return new Adopted(id, "Name", phone, Optional.of(phone.address()), "org.bellwire.phone-" + id + ".cfg");
        }
    }

    public SessionFactory factory() {
        return factory;
    }

    /** What a command printed, and what it threw. */
    record Printed(String out, String err, Optional<Exception> thrown) {}

    /** Runs a line without a terminal. */
    Printed run(String line) {
        return run(0, line);
    }

    /** Runs a line for a terminal of so many columns. */
    Printed run(int columns, String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = factory.create(InputStream.nullInputStream(), stream(out), stream(err));
        session.put(Screen.COLUMNS, columns);
        Optional<Exception> thrown = Optional.empty();
        try {
            session.execute(line);
        } catch (Exception e) {
            thrown = Optional.of(e);
        } finally {
            session.close();
        }
        return new Printed(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), thrown);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            factory.stop();
        } finally {
            io.stop();
        }
    }

    private final class PhoneList implements Phones {
        @Override
        public List<PhoneStatus> all() {
            return phones;
        }

        @Override
        public Optional<PhoneStatus> find(String id) {
            return phones.stream().filter(phone -> phone.id().equals(id)).findFirst();
        }

        @Override
        public List<PhoneBinding> bindings() {
            return bindings;
        }
    }

    private static final class Simulator implements SimulatedPhones {
        @Override
        public List<Simulated> all() {
            return List.of(new Simulated("sim-acme", "acme", "127.0.0.1", 9, Optional.empty()));
        }

        @Override
        public CompletionStage<Report> report(String phone, String event) {
            return CompletableFuture.completedFuture(
                    event.equals("off-hook")
                            ? Report.answered(200, phone + " " + event)
                            : Report.failed("no such event"));
        }
    }

    private final class Recorder implements Commands {
        @Override
        public CompletionStage<Result> carryOut(CommandOrder order) {
            orders.add(order);
            return result;
        }
    }

    private final class Drain implements Draining {
        @Override
        public boolean isOn() {
            return drained;
        }

        @Override
        public boolean set(boolean on) {
            boolean changed = drained != on;
            drained = on;
            return changed;
        }
    }

    private static final class Ingress implements Gateway {
        @Override
        public String host() {
            return "10.0.0.1";
        }

        @Override
        public int port() {
            return 8087;
        }

        @Override
        public Secret token() {
            return new Secret("abcdefghijklmnopqrstuv");
        }
    }
}
