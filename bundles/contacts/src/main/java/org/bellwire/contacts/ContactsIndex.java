package org.bellwire.contacts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bellwire.api.port.Contacts.Contact;

/** The contacts of one file by their numbers. What was looked up lately is remembered as it was asked for. */
final class ContactsIndex {

    /** Of no file; knows no number, so that the library for numbers is not loaded where there are no contacts. */
    static final ContactsIndex EMPTY = new ContactsIndex(number -> Set.of(), Map.of(), 0);

    private static final int REMEMBERED = 1024;

    private final Function<String, Set<String>> readings;
    private final Map<String, Contact> byNumber;
    private final int size;
    private final Map<String, Optional<Contact>> lately = new ConcurrentHashMap<>();

    private ContactsIndex(Function<String, Set<String>> readings, Map<String, Contact> byNumber, int size) {
        this.readings = readings;
        this.byNumber = byNumber;
        this.size = size;
    }

    int size() {
        return size;
    }

    Optional<Contact> find(String number) {
        if (byNumber.isEmpty()) {
            return Optional.empty();
        }
        Optional<Contact> known = lately.get(number);
        if (known != null) {
            return known;
        }
        Optional<Contact> found = readings.apply(number).stream()
                .flatMap(reading -> Optional.ofNullable(byNumber.get(reading)).stream())
                .findFirst();
        if (lately.size() >= REMEMBERED) {
            lately.clear();
        }
        lately.put(number, found);
        return found;
    }

    /** Collects contacts. */
    static final class Builder {
        private final NumberForm form;
        private final Map<String, Contact> likely = new HashMap<>();
        private final Map<String, Contact> unlikely = new HashMap<>();

        Builder(NumberForm form) {
            this.form = form;
        }

        /** Adds one, or tells why not. */
        Optional<String> add(String number, Contact contact) {
            Optional<String> likeliest = form.likeliest(number);
            if (likeliest.isEmpty()) {
                return Optional.of("is no number: '" + number.substring(0, Math.min(number.length(), 32)) + "'");
            }
            if (likely.putIfAbsent(likeliest.get(), contact) != null) {
                return Optional.of("the number stands in an earlier line already");
            }
            if (number.strip()
                    .startsWith("00")) { // the way to other countries, or an outside line before a long number
                form.readings(number).forEach(reading -> unlikely.putIfAbsent(reading, contact));
            }
            return Optional.empty();
        }

        ContactsIndex build() {
            int size = likely.size();
            unlikely.forEach(likely::putIfAbsent);
            return new ContactsIndex(form::readings, new HashMap<>(likely), size);
        }
    }
}
