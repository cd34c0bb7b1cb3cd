package org.bellwire.core.registry;

import org.bellwire.core.phone.Phone;

/** What came of looking for a phone. */
public sealed interface PhoneLookup {

    record Found(Phone phone) implements PhoneLookup {}

    /** There is none. */
    enum Unknown implements PhoneLookup {
        HERE
    }

    /** None was found, but a vendor came or went meanwhile, with its phones: ask again later. */
    enum Unstable implements PhoneLookup {
        NOW
    }
}
