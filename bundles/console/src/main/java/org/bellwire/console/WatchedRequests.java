package org.bellwire.console;

import java.time.Clock;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.WireListener;
import org.bellwire.console.stream.Viewers;
import org.bellwire.console.view.MaskedTarget;
import org.bellwire.console.view.StreamJson;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What phones ask for, as it came but for its secrets. Listens only while somebody looks on, since who is listened to is copied. */
final class WatchedRequests implements WireListener {

    private final BundleContext context;
    private final Viewers viewers;
    private final MaskedTarget mask;
    private final Clock clock;
    private Optional<ServiceRegistration<WireListener>> registration = Optional.empty();

    WatchedRequests(BundleContext context, Viewers viewers, MaskedTarget mask, Clock clock) {
        this.context = context;
        this.viewers = viewers;
        this.mask = mask;
        this.clock = clock;
    }

    @SuppressWarnings("JdkObsolete") // services are registered with dictionaries
    synchronized void listen(boolean wanted) {
        if (wanted && registration.isEmpty()) {
            registration = Optional.of(context.registerService(WireListener.class, this, new Hashtable<>()));
        } else if (!wanted) {
            registration.ifPresent(ServiceRegistration::unregister);
            registration = Optional.empty();
        }
    }

    @Override
    public void reported(PhoneId phone, byte[] request, int status) {
        viewers.tell(
                "request",
                StreamJson.request(
                        phone.value(), method(request), mask.asked(target(request)), status, clock.instant()));
    }

    private static String method(byte[] request) {
        return request.length > 0 && request[0] == 'P' ? "POST" : "GET";
    }

    /** Between the first blank and the last of the first line: phones put blanks into it. */
    private static byte[] target(byte[] request) {
        int end = 0;
        int first = -1;
        int last = -1;
        while (end < request.length && request[end] != '\n' && request[end] != '\r') {
            if (request[end] == ' ') {
                first = first < 0 ? end : first;
                last = end;
            }
            end++;
        }
        return first < last ? Arrays.copyOfRange(request, first + 1, last) : new byte[0];
    }

    @Override
    public void answered(PhoneId phone, byte[] request, byte[] answer) {
        // Core tells of what goes out, without a password in it.
    }
}
