package org.bellwire.core.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.api.runtime.LogText;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes a configured phone of one in the inbox: by its file. */
@Component(service = UnknownPhones.class)
public final class PhoneAdoption implements UnknownPhones {

    private static final int MAX_SHOWN = 40;

    private final Inbox inbox;
    private final PhoneRegistry registry;
    private final PhoneFileEditor editor;

    @Activate
    public PhoneAdoption(@Reference Inbox inbox, @Reference PhoneRegistry registry, @Reference PhoneFileEditor editor) {
        this.inbox = inbox;
        this.registry = registry;
        this.editor = editor;
    }

    @Override
    public List<UnknownPhone> all() {
        return inbox.all();
    }

    @Override
    public Adopted adopt(Adoption wish) throws NotWritten {
        UnknownPhone phone = find(wish);
        String id = wish.id().orElseGet(() -> idOf(phone));
        String name = wish.name().or(wish::id).orElseGet(() -> nameOf(phone));
        refuseWhatIsThere(id, phone);
        Optional<String> host = hostOf(phone, wish.mayShareHost());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("vendor", phone.vendor());
        values.put("name", name);
        phone.mac().ifPresent(mac -> values.put("mac", mac));
        host.ifPresent(address -> values.put("host", address));
        if (!phone.site().isOwn()) {
            values.put("site", phone.site().value());
        }
        return new Adopted(id, name, phone, host, editor.create(id, values));
    }

    private UnknownPhone find(Adoption wish) throws NotWritten {
        String asked = wish.phone().strip();
        Optional<String> mac = Mac.parse(asked).map(Mac::toString);
        List<UnknownPhone> all = inbox.all().stream()
                .filter(phone ->
                        wish.vendor().filter(v -> !v.equals(phone.vendor())).isEmpty())
                .toList();
        List<UnknownPhone> found = all.stream()
                .filter(phone -> mac.isPresent() && phone.mac().equals(mac))
                .toList();
        if (found.isEmpty()) {
            List<UnknownPhone> there =
                    all.stream().filter(phone -> isAt(phone, asked)).toList();
            List<UnknownPhone> silent =
                    there.stream().filter(phone -> phone.mac().isEmpty()).toList();
            found = silent.isEmpty() ? there : silent;
        }
        return only(found, LogText.clean(asked, MAX_SHOWN));
    }

    private static boolean isAt(UnknownPhone phone, String asked) {
        return IpLiteral.parse(asked).isPresent() && IpLiteral.parse(asked).equals(IpLiteral.parse(phone.address()));
    }

    private static UnknownPhone only(List<UnknownPhone> found, String asked) throws NotWritten {
        if (found.isEmpty()) {
            throw new NotWritten("'" + asked + "' is not in the inbox; phone:inbox lists who is, by MAC or address");
        }
        if (found.size() > 1) {
            boolean alike = found.stream().map(UnknownPhone::vendor).distinct().count() == 1;
            throw new NotWritten("'" + asked + "' stands for " + found.size() + " phones of the inbox: name "
                    + (alike ? "the MAC of one" : "its vendor as well"));
        }
        return found.get(0);
    }

    /** Also what has another file, or none: in a container whose configurations come from elsewhere. */
    private void refuseWhatIsThere(String id, UnknownPhone phone) throws NotWritten {
        if (registry.find(id).isPresent()) {
            throw new NotWritten("there is a phone '" + LogText.clean(id, MAX_SHOWN) + "' already: choose another id");
        }
        for (PhoneStatus other : registry.all()) {
            boolean ofSite = other.site().equals(phone.site().value());
            if (ofSite && phone.mac().isPresent() && other.mac().equals(phone.mac())) {
                throw new NotWritten("mac: phone '" + LogText.clean(other.id(), MAX_SHOWN)
                        + "' has the same; phone:list tells what is wrong with it");
            }
        }
    }

    /** What several phones share, as behind a router, leads to none of them for sure: where somebody is asked, he enters it. */
    private Optional<String> hostOf(UnknownPhone phone, boolean mayShare) {
        boolean shared = !mayShare
                && IpLiteral.parse(phone.address())
                        .filter(address -> registry.index().isHost(phone.site(), address))
                        .isPresent();
        return phone.proxy() || shared ? Optional.empty() : Optional.of(phone.address());
    }

    private static String idOf(UnknownPhone phone) {
        return phone.mac()
                .flatMap(Mac::parse)
                .map(Mac::digits)
                .orElseGet(() -> phone.address()
                        .replaceFirst("%.*", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "-"));
    }

    /** The model is the phone's own word: what could mean something to a spreadsheet or a shell is left out. */
    private String nameOf(UnknownPhone phone) {
        String model = phone.model()
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} ._-]", "")
                        .replaceFirst("^[ ._-]+", "")
                        .strip())
                .filter(text -> !text.isEmpty())
                .or(() -> registry.binding(phone.vendor())
                        .map(binding -> binding.info().name()))
                .orElse(phone.vendor());
        String id = idOf(phone);
        return model + " " + phone.mac().map(mac -> id.substring(6)).orElse(phone.address());
    }
}
