package org.bellwire.core.registry;

import org.bellwire.api.PhoneId;
import org.bellwire.core.phone.Phone;

/** Wants to know of phones that come, change and go. Called in the registry's monitor: hands over and returns. */
public interface PhoneWatcher {
    /** There is a file of this phone, which may appear soon or late. Called without a lock: may wait for the disk. */
    default void expected(PhoneId id) {}

    /** The same as {@link #appeared}, but a moment before the phone can be found. */
    default void appears(Phone phone) {}

    /** A phone is new or its file has changed. */
    void appeared(Phone phone);

    /** The same, where the phone lives on as it was before with all that is known of it. */
    default void changed(Phone phone, Phone before) {
        appeared(phone);
    }

    void vanished(Phone phone);

    /** The addresses of the phone's host are others than before. */
    default void located(Phone phone) {}

    /** The phone's file is gone for good. */
    default void deleted(PhoneId id) {}

    /** A vendor's binding came or went. */
    default void vendorsChanged() {}
}
