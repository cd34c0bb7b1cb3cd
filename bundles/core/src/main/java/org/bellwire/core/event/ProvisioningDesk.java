package org.bellwire.core.event;

import java.util.Optional;
import org.bellwire.api.Mac;
import org.bellwire.api.port.ProvisioningTexts;
import org.bellwire.api.port.Reply;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning.Content;
import org.bellwire.api.spi.Provisioning.Format;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers phones that fetch their configuration. With the site's token any MAC will do, also of a phone that is not configured: its
 * text says nothing that is not known to who has the token, and makes it report, to the inbox. With a phone's own token only its own.
 */
@Component(service = ProvisioningTexts.class)
public final class ProvisioningDesk implements ProvisioningTexts {

    private static final String MAC = "$mac";

    private final PhoneRegistry registry;

    @Activate
    public ProvisioningDesk(@Reference PhoneRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Found find(Request request) {
        Optional<Phone> own =
                request.siteToken() ? Optional.empty() : registry.index().byToken(request.token());
        Optional<PhoneBinding> binding = registry.binding(request.vendor());
        boolean entitled = request.siteToken() || own.isPresent();
        Optional<Text> text = binding.flatMap(vendor -> text(vendor, request, own));
        if (!entitled) {
            return Found.none(registry.isIncomplete() ? Reply.UNAVAILABLE : Reply.NOT_FOUND);
        }
        if (binding.isEmpty()) {
            return Found.none(registry.expects(request.vendor()) ? Reply.UNAVAILABLE : Reply.NOT_FOUND);
        }
        boolean ofVendor = own.filter(phone -> phone.binding() != binding.get()).isEmpty();
        return ofVendor && text.isPresent() ? new Found(Reply.ACCEPTED, text) : Found.none(Reply.NOT_FOUND);
    }

    /** Made whether the token is right or wrong, so that the time tells nobody. */
    private static Optional<Text> text(PhoneBinding vendor, Request request, Optional<Phone> own) {
        for (Format format : vendor.provisioning().formats()) {
            Optional<String> mac = macIn(format.fileName(Optional.empty()), request.file());
            if (mac.isPresent() && isOf(own, mac.get())) {
                String base = "http://" + request.gateway() + ":" + request.port() + "/action/" + request.vendor() + "/"
                        + request.token();
                String content = format.render(new Content(
                        vendor.provisioning().urls(vendor.events(), base),
                        request.gateway(),
                        Mac.parse(mac.get()).map(Mac::toString)));
                return Optional.of(new Text(content.startsWith("<?xml"), content));
            }
        }
        return Optional.empty();
    }

    /** The MAC that a file's name has in the place of {@code $mac}; that word itself, or nothing, where the name has none. */
    private static Optional<String> macIn(String template, String file) {
        int at = template.indexOf(MAC);
        if (file.equalsIgnoreCase(template)) {
            return Optional.of(at < 0 ? "" : MAC);
        }
        int end = template.length() - at - MAC.length();
        boolean fits = at >= 0
                && file.length() == at + 12 + end
                && file.regionMatches(true, 0, template, 0, at)
                && file.regionMatches(true, at + 12, template, at + MAC.length(), end);
        return fits ? Mac.parse(file.substring(at, at + 12)).map(Mac::digits) : Optional.empty();
    }

    private static boolean isOf(Optional<Phone> own, String mac) {
        return own.flatMap(phone -> phone.settings().mac())
                .filter(known ->
                        !mac.isEmpty() && !mac.equals(MAC) && !known.digits().equals(mac))
                .isEmpty();
    }
}
