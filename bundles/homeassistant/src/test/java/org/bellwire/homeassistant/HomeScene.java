package org.bellwire.homeassistant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Phones;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.FakeBus;
import org.bellwire.testkit.ManualTime;

/** A building with phones of all vendors that there are, a broker, and what announces them. */
final class HomeScene implements Phones, AutoCloseable {

    static final List<PhoneBinding> VENDORS = vendors();
    static final String OWN = "gateway-1";
    static final Duration START = Duration.ofSeconds(20);

    ManualTime time = new ManualTime();
    final HomeBroker broker = new HomeBroker();
    final FakeBus bus = new FakeBus();
    private final Map<String, PhoneStatus> phones = new TreeMap<>();
    private final Map<String, Groups.Group> groups = new TreeMap<>();
    private Optional<HomeAssistant> announcer = Optional.empty();
    /** Of a cluster, by what is theirs; what nobody has is this gateway's. */
    private final Map<String, String> owners = new TreeMap<>();

    private final Gateways gateways = new Others();
    private boolean complete = true;

    /** Each vendor's class lies in its folder, as everything of it. */
    private static List<PhoneBinding> vendors() {
        try (Stream<Path> files = Files.walk(Path.of(".."), 9)) {
            return files.filter(file -> file.toString().matches("\\.\\./binding-.*/src/main/java/.*\\.java"))
                    .sorted()
                    .filter(file -> text(file).contains("implements PhoneBinding"))
                    .map(HomeScene::binding)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PhoneBinding binding(Path file) {
        String name = file.toString()
                .replaceFirst(".*/src/main/java/", "")
                .replaceFirst("\\.java$", "")
                .replace('/', '.');
        try {
            return Class.forName(name)
                    .asSubclass(PhoneBinding.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a binding has a constructor without parameters: " + name, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HomeScene start(String... keysAndValues) {
        Map<String, Object> file = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            file.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        time = new ManualTime(); // a thread that was shut down starts nothing
        HomeAssistant fresh = new HomeAssistant(file, this, bus, broker, time, time::nanos);
        fresh.groups(new KnownGroups());
        if (!owners.isEmpty()) {
            fresh.bindGateways(gateways);
        }
        announcer = Optional.of(fresh);
        fresh.open();
        time.pass(START);
        return this;
    }

    void set(String key, String value) {
        announcer().modified(Map.of(key, value));
        time.pass(START);
    }

    HomeAssistant announcer() {
        return announcer.orElseThrow();
    }

    void disconnect() {
        broker.connect(false);
        bus.disconnect();
    }

    void connect() {
        broker.connect(true);
        bus.connect();
    }

    /** A phone of a vendor, with all that may be known of one. */
    HomeScene phone(String id, String vendor) {
        return phone(id, vendor, id, Optional.of("http://192.0.2.7/"), Set.of());
    }

    HomeScene phone(String id, String vendor, String name, Optional<String> url, Set<CommandName> allowed) {
        Optional<String> mac = Optional.of(String.format("00:1f:c1:%s", hex(id)));
        return put(id, vendor, name, mac, new Device(Optional.of("X1"), Optional.of("1.2.3"), url, allowed));
    }

    HomeScene put(String id, String vendor, String name, Optional<String> mac, Device device) {
        Optional<String> none = Optional.empty();
        phones.put(
                id,
                new PhoneStatus(
                        id,
                        name,
                        vendor,
                        mac,
                        none,
                        false,
                        true,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        none,
                        device,
                        "",
                        Optional.empty()));
        announcer.ifPresent(to -> to.changed(new PhoneId(id)));
        return this;
    }

    /** From now on this gateway's file of the phone is wrong. */
    void spoil(String id) {
        PhoneStatus right = find(id).orElseThrow();
        phones.put(
                id,
                new PhoneStatus(
                        id,
                        right.name(),
                        right.vendor(),
                        right.mac(),
                        right.host(),
                        false,
                        false,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("vendor: there is none of this name"),
                        right.device(),
                        "",
                        Optional.empty()));
        announcer().gone(new PhoneId(id));
    }

    private static String hex(String id) {
        String digits = String.format("%06x", id.hashCode() & 0xFFFFFF);
        return digits.substring(0, 2) + ":" + digits.substring(2, 4) + ":" + digits.substring(4);
    }

    HomeScene group(String id, String name, String... members) {
        List<PhoneId> all = Stream.of(members).map(PhoneId::new).toList();
        groups.put(id, new Groups.Group(id, name, all, Optional.empty()));
        announcer.ifPresent(to -> to.changed(id));
        return this;
    }

    /** From now on this gateway of a cluster owns the phone or group; this one is called {@link #OWN}. */
    HomeScene owner(String id, String gateway) {
        ownerUntold(id, gateway);
        announcer.ifPresent(to -> to.bindGateways(gateways));
        return this;
    }

    /** The same, and the gateways have not said so yet. */
    void ownerUntold(String id, String gateway) {
        owners.put(id, gateway);
    }

    private PhoneStatus served(PhoneStatus phone) {
        return new PhoneStatus(
                phone.id(),
                phone.name(),
                phone.vendor(),
                phone.mac(),
                phone.host(),
                phone.ownToken(),
                phone.online(),
                phone.states(),
                phone.lastEvent(),
                phone.lastEventTime(),
                phone.fault(),
                phone.device(),
                phone.site(),
                Optional.ofNullable(owners.get(phone.id()))
                        .filter(owner -> !owner.equals(OWN) && phone.fault().isEmpty()));
    }

    void removePhone(String id) {
        phones.remove(id);
        announcer.ifPresent(to -> to.gone(new PhoneId(id)));
    }

    void removeGroup(String id) {
        groups.remove(id);
        announcer.ifPresent(to -> to.gone(id));
    }

    void complete(boolean now) {
        complete = now;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public List<PhoneStatus> all() {
        return phones.values().stream().map(this::served).toList();
    }

    @Override
    public Optional<PhoneStatus> find(String id) {
        return Optional.ofNullable(phones.get(id)).map(this::served);
    }

    @Override
    public List<PhoneBinding> bindings() {
        return VENDORS;
    }

    private final class Others implements Gateways {
        @Override
        public String own() {
            return OWN;
        }

        @Override
        public List<String> all() {
            return owners.values().stream().distinct().toList();
        }

        @Override
        public Optional<String> ownerOf(PhoneId id) {
            return Optional.of(owners.getOrDefault(id.value(), OWN)).filter(owner -> !owner.equals(PhoneStatus.NOBODY));
        }

        @Override
        public boolean tellsForAll() {
            return true;
        }
    }

    private final class KnownGroups implements Groups {
        @Override
        public List<Group> all() {
            return List.copyOf(groups.values());
        }

        @Override
        public Optional<Group> find(String id) {
            return Optional.ofNullable(groups.get(id));
        }
    }

    @Override
    public void close() {
        announcer.ifPresent(HomeAssistant::stop);
        announcer = Optional.empty();
    }
}
