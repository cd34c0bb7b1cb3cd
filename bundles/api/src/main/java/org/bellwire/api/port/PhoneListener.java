package org.bellwire.api.port;

import java.util.Map;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what happens to the phones. Whoever wants to know registers one as a service; core tells all there are, on the thread
 * that brought the news and in each phone's order: must not block and must not throw. Who comes late reads {@link Phones} first.
 */
@ConsumerType
public interface PhoneListener {

    /** The phone is new, or its file, vendor, model, firmware or MAC is another: {@link Phones#find} says how it is now. */
    default void changed(PhoneId phone) {}

    /** The phone is gone: its file, or its vendor's feature. */
    default void gone(PhoneId phone) {}

    /** Vendors came or went. */
    default void vendorsChanged() {}

    /** The phone became online or offline. */
    default void availability(PhoneId phone, boolean online) {}

    /** These states have new values, in the order of their publication; comes before the event that changed them. */
    default void states(PhoneId phone, Map<Property, String> changes) {}

    /** An event is on its way to the broker or to the disk. */
    default void event(PhoneEvent event) {}

    /** A request that a command made is over; comes before the result that it leads to. */
    default void sent(SentRequest request) {}

    /** A command, which somebody may have sent to a phone that does not exist, has this result. */
    default void result(Result result) {}
}
