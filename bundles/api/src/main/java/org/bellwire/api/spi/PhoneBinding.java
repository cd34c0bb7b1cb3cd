package org.bellwire.api.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What speaks one vendor's language. Immutable data without thread, socket or lifecycle, registered as a service: core finds
 * it by {@link VendorInfo#id()}, which is also the vendor's word in action URLs and in a phone's file.
 */
@ConsumerType
public interface PhoneBinding {

    VendorInfo info();

    /** The vendor's event names, and how to read a call from the vendor's variables. */
    EventTable events();

    /** The requests that the vendor's phones understand. */
    CommandTable commands();

    /** What to paste or upload so that the phones report to Bellwire. */
    Provisioning provisioning();
}
