package org.bellwire.homeassistant;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Groups.Group;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.runtime.BellwireVersion;
import org.bellwire.api.spi.PhoneBinding;

/** All devices that there are to announce, each looked up when its turn comes. For one thread only. */
final class HomeDevices {

    static final String BELLWIRE = "Bellwire";
    static final String GROUP = "Group";

    private static final Set<String> GROUP_STATES =
            Set.of("state/call", "state/busy", "state/peer_number", "state/peer_name");
    /** Has its own topic of a group, if a member has it. */
    private static final String OFF_HOOK = "state/off_hook";
    /** A URL that Home Assistant would refuse makes it refuse all of the phone. */
    private static final Pattern URL = Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d+)?/");

    private static final Pattern UNDERSCORES = Pattern.compile("[-_]+");

    private final Phones phones;
    private final Supplier<Optional<Groups>> groups;
    private final Supplier<Optional<Gateways>> gateways;
    private final Claims macs = new Claims();
    private final Claims slugs = new Claims();

    HomeDevices(Phones phones, Supplier<Optional<Groups>> groups, Supplier<Optional<Gateways>> gateways) {
        this.phones = phones;
        this.groups = groups;
        this.gateways = gateways;
    }

    /** Who is not here now does not come by himself. */
    boolean isComplete() {
        return phones.isComplete();
    }

    /** The ids of all that may be there, the gateway first. */
    Stream<String> ids() {
        Set<String> ids = new TreeSet<>();
        phones.all().forEach(phone -> ids.add(phone.id()));
        groups.get().ifPresent(all -> all.all().forEach(group -> ids.add(group.id())));
        ids.remove(HomeDevice.BRIDGE);
        return Stream.concat(Stream.of(HomeDevice.BRIDGE), ids.stream());
    }

    /**
     * The other gateway that announces this device, or removes it when it is gone, or {@link PhoneStatus#NOBODY}; empty: this one
     * does. Only the owner of a phone knows its model and firmware. All announce the gateway, and say the same.
     */
    Optional<String> elsewhere(String id) {
        Optional<PhoneStatus> phone = phones.working(id); // nobody serves one whose file is wrong here
        return phone.isPresent()
                ? phone.get().elsewhere()
                : gateways.get().flatMap(all -> PhoneId.parse(id).flatMap(group -> elsewhere(all, group)));
    }

    /** Groups, and what is gone, are divided as phones are. */
    private static Optional<String> elsewhere(Gateways all, PhoneId id) {
        String owner = all.ownerOf(id).orElse(PhoneStatus.NOBODY);
        return owner.equals(all.own()) ? Optional.empty() : Optional.of(owner);
    }

    /** The device as it is now; empty: there is none of this id. */
    Optional<HomeDevice> find(String id) {
        Optional<HomeDevice> found =
                id.equals(HomeDevice.BRIDGE) ? Optional.of(bridge()) : phone(id).or(() -> group(id));
        if (found.isEmpty()) {
            macs.release(id);
            slugs.release(id);
        }
        return found;
    }

    private static HomeDevice bridge() {
        Optional<String> none = Optional.empty();
        HomeDevice.Maker maker = new HomeDevice.Maker(
                BELLWIRE, BELLWIRE, Optional.of("Gateway"), Optional.of(BellwireVersion.TEXT), none, none);
        return new HomeDevice(HomeDevice.BRIDGE, HomeDevice.BRIDGE, maker, List.of(), Set.of(HomeDevice.BRIDGE));
    }

    private Optional<HomeDevice> phone(String id) {
        return phones.working(id)
                .filter(status -> status.site().isEmpty()) // a tenant's phones are not this house's
                .flatMap(status -> binding(status).map(binding -> phone(status, binding)));
    }

    private HomeDevice phone(PhoneStatus status, PhoneBinding binding) {
        HomeDevice.Maker maker = new HomeDevice.Maker(
                status.name().isBlank() ? status.id() : status.name(),
                binding.info().name(),
                status.device().model(),
                status.device().firmware(),
                status.mac().filter(mac -> macs.claim(status.id(), mac)),
                status.device().url().filter(url -> URL.matcher(url).matches()));
        List<String> events =
                binding.events().events().stream().map(EventType::wire).toList();
        return new HomeDevice(status.id(), slug(status.id()), maker, events, abilities(status, binding));
    }

    private Optional<HomeDevice> group(String id) {
        return groups.get()
                .flatMap(all -> all.find(id))
                .filter(group -> group.site().isEmpty())
                .filter(group -> group.fault().isEmpty() || !group.members().isEmpty())
                .map(group -> {
                    Optional<String> none = Optional.empty();
                    HomeDevice.Maker maker = new HomeDevice.Maker(
                            group.name().isBlank() ? id : group.name(), BELLWIRE, Optional.of(GROUP), none, none, none);
                    return new HomeDevice(id, slug(id), maker, List.of(), abilities(group));
                });
    }

    private Optional<PhoneBinding> binding(PhoneStatus status) {
        return phones.bindings().stream()
                .filter(binding -> binding.info().id().equals(status.vendor()))
                .findFirst();
    }

    private static Set<String> abilities(PhoneStatus status, PhoneBinding binding) {
        Set<String> abilities = new HashSet<>();
        binding.events().events().forEach(event -> abilities.add("event/" + event.wire()));
        for (Property property : binding.events().properties()) {
            abilities.add("state/" + property.wire());
        }
        for (CommandName command : binding.commands().names()) {
            if (!command.mustBeAllowed() || status.device().allowed().contains(command)) {
                abilities.add("command/" + command.wire());
            }
        }
        // The one command that the gateway carries out itself.
        if (abilities.contains("state/missed") && CommandName.ofWire("missed").isPresent()) {
            abilities.add("command/missed");
        }
        return abilities;
    }

    /** The states that every group has, and the commands that all its members have. */
    private Set<String> abilities(Group group) {
        List<Set<String>> members = group.members().stream()
                .map(PhoneId::value)
                .flatMap(id -> phones.working(id).stream())
                .flatMap(status -> binding(status).map(binding -> abilities(status, binding)).stream())
                .toList();
        Set<String> abilities = new HashSet<>(GROUP_STATES);
        if (members.stream().anyMatch(member -> member.contains(OFF_HOOK))) {
            abilities.add(OFF_HOOK);
        }
        members.stream()
                .flatMap(Set::stream)
                .filter(ability ->
                        ability.startsWith("command/") && members.stream().allMatch(m -> m.contains(ability)))
                .forEach(abilities::add);
        return abilities;
    }

    /** Phones {@code front-door} and {@code front_door} may both be there: one of them gets a number. */
    private String slug(String id) {
        String plain = UNDERSCORES.matcher(id).replaceAll("_").replaceFirst("_$", "");
        String slug = plain;
        for (int i = 2; !slugs.claim(id, slug); i++) {
            slug = plain + "_" + i;
        }
        return slug;
    }
}
