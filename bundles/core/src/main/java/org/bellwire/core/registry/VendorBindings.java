package org.bellwire.core.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.core.phone.Phone;

/** The vendors whose features are installed. Read by any thread without a lock; changed by one at a time. */
final class VendorBindings {

    private final Map<String, PhoneBinding> byVendor = new ConcurrentHashMap<>();
    /** Odd while a vendor comes or goes, and another number after it. */
    private final AtomicInteger changes = new AtomicInteger();

    Optional<PhoneBinding> find(String vendor) {
        return Optional.ofNullable(byVendor.get(vendor));
    }

    boolean isInstalled(String vendor) {
        return byVendor.containsKey(vendor);
    }

    /** By the vendors' ids. */
    List<PhoneBinding> all() {
        return byVendor.values().stream()
                .sorted(Comparator.comparing(b -> b.info().id()))
                .toList();
    }

    /** Puts a binding in the place of an older one of this vendor. */
    Optional<PhoneBinding> put(PhoneBinding binding) {
        return Optional.ofNullable(byVendor.put(binding.info().id(), binding));
    }

    /** False: it was none, or there is a newer one. */
    boolean remove(PhoneBinding binding) {
        return byVendor.remove(binding.info().id(), binding);
    }

    /** Does this while what is looked up may be half of the truth. */
    void whileChanging(Runnable action) {
        changes.incrementAndGet();
        try {
            action.run();
        } finally {
            changes.incrementAndGet();
        }
    }

    PhoneLookup whileStable(PhoneBinding binding, Supplier<Optional<Phone>> lookup) {
        int before = changes.get();
        Optional<Phone> phone = lookup.get();
        if (phone.isPresent()) {
            return new PhoneLookup.Found(phone.get());
        }
        boolean stable = before % 2 == 0
                && before == changes.get()
                && byVendor.get(binding.info().id()) == binding;
        return stable ? PhoneLookup.Unknown.HERE : PhoneLookup.Unstable.NOW;
    }

    /** What stands against a phone of a vendor that is not installed. */
    static String missing(String vendor) {
        return "vendor: the feature of '" + vendor + "' is not installed; in the console: feature:install bellwire-"
                + vendor;
    }
}
