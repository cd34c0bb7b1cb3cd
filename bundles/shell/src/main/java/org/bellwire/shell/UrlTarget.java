package org.bellwire.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning.EventUrl;

/**
 * What URLs are made for: one phone, or all phones of a vendor.
 *
 * @param phone the phone; empty: all of the vendor
 */
record UrlTarget(PhoneBinding binding, Optional<PhoneStatus> phone) {

    static UrlTarget find(Phones phones, String name) throws CommandException {
        Optional<PhoneStatus> phone = phones.find(name);
        String vendor = phone.map(PhoneStatus::vendor).orElse(name);
        Optional<PhoneBinding> binding = phones.bindings().stream()
                .filter(candidate -> candidate.info().id().equals(vendor))
                .findFirst();
        if (binding.isPresent()) {
            return new UrlTarget(binding.get(), phone);
        }
        if (phone.isEmpty()) {
            throw unknown(phones, name);
        }
        throw CommandFailure.because(phone.get()
                .fault()
                .map(SafeText::of)
                .orElse("the vendor '" + SafeText.of(vendor) + "' of " + name + " is not installed"));
    }

    /** The vendor of that name, also where a phone has the same; else as {@link #find}. */
    static UrlTarget findVendor(Phones phones, String name) throws CommandException {
        Optional<PhoneBinding> vendor = phones.bindings().stream()
                .filter(candidate -> candidate.info().id().equals(name))
                .findFirst();
        return vendor.isPresent() ? new UrlTarget(vendor.get(), Optional.empty()) : find(phones, name);
    }

    /** The phone of that id. */
    static PhoneStatus phone(Phones phones, String id) throws CommandException {
        Optional<PhoneStatus> phone = phones.find(id);
        if (phone.isEmpty()) {
            throw unknown(phones, id);
        }
        return phone.get();
    }

    private static CommandException unknown(Phones phones, String name) {
        List<PhoneStatus> all = phones.all();
        String known = all.stream().limit(12).map(PhoneStatus::id).collect(Collectors.joining(", "));
        String more = all.size() > 12 ? " … (phone:list)" : "";
        return CommandFailure.because("no phone '" + SafeText.of(name) + "'; "
                + (all.isEmpty() ? "there is none yet" : "there are: " + known + more));
    }

    List<EventUrl> urls(Gateway gateway) {
        return binding.provisioning().urls(binding.events(), base(gateway));
    }

    private String base(Gateway gateway) {
        String vendor = binding.info().id();
        return phone.map(known -> gateway.actionUrl(vendor, known.tokenIn(gateway)))
                .orElseGet(() -> gateway.actionUrl(vendor));
    }

    /** Stands for the phone's own token, which only its file knows. */
    private Optional<String> placeholder() {
        return phone.filter(PhoneStatus::ownToken).map(own -> "TOKEN-OF-PHONE-" + own.id());
    }

    /** What the user has to replace, if anything. */
    Optional<String> note() {
        return placeholder()
                .map(placeholder ->
                        "Replace " + placeholder + " by the phone's own token: 'token' in etc/org.bellwire.phone-"
                                + phone.map(PhoneStatus::id).orElseThrow() + ".cfg.");
    }
}
