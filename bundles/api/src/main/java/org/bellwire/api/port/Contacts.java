package org.bellwire.api.port;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The site's contacts. Implemented by contacts, used by core where it is there. Looked up in memory: never waits. */
@ProviderType
public interface Contacts {

    /**
     * Who has this number, compared in international form.
     *
     * @param number as a phone reports it: {@code 0301234567}, {@code +49301234567}, {@code 42}
     */
    Optional<Contact> find(String number);

    /** A line of the contacts' file; the tags are words without spaces. */
    record Contact(String name, List<String> tags) {

        public Contact {
            tags = List.copyOf(tags);
        }
    }
}
