package org.bellwire.api.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.SiteId;
import org.osgi.annotation.versioning.ProviderType;

/** The inbox: phones that sent a right token but are not configured. Implemented by core, used by shell and console. */
@ProviderType
public interface UnknownPhones {

    /** All, who reported last at the end. */
    List<UnknownPhone> all();

    /**
     * Writes the file of one of them. Its phone is there within 5 s, and it leaves the inbox then. Waits for the disk.
     *
     * @throws PhoneFileEditor.NotWritten with what to do, where there is no such phone, or its file cannot be
     */
    Adopted adopt(Adoption adoption) throws PhoneFileEditor.NotWritten;

    /**
     * A phone that is not configured.
     *
     * @param mac with colons; empty: it tells none
     * @param address that the connection came from, or that a trusted proxy names
     * @param proxy the address is a trusted proxy's own, so nobody knows the phone's
     * @param model as it says itself, at most 64 characters: hostile
     * @param firmware the same
     * @param events how many it has reported
     * @param site whose token it sends
     */
    record UnknownPhone(
            String vendor,
            Optional<String> mac,
            String address,
            boolean proxy,
            Optional<String> model,
            Optional<String> firmware,
            Instant firstSeen,
            Instant lastSeen,
            long events,
            SiteId site) {}

    /**
     * Which phone is to be adopted, and as what.
     *
     * @param phone its MAC in any spelling; the address of one that tells no MAC
     * @param vendor where phones of two vendors say that they are it
     * @param id empty: the digits of its MAC, or its address
     * @param name empty: the id, or, without one, its model and the end of its MAC
     * @param mayShareHost its address becomes its host even if another phone has the same
     */
    record Adoption(
            String phone, Optional<String> vendor, Optional<String> id, Optional<String> name, boolean mayShareHost) {

        public Adoption(String phone, Optional<String> vendor, Optional<String> id, Optional<String> name) {
            this(phone, vendor, id, name, false);
        }

        /** Nobody is asked: its MAC is its id and its address its host. */
        public static Adoption byItself(String mac, String vendor) {
            return new Adoption(mac, Optional.of(vendor), Optional.empty(), Optional.empty(), true);
        }

        /** Without a wish but that. */
        public static Adoption of(String phone) {
            return new Adoption(phone, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * What was adopted.
     *
     * @param file the name of its file
     */
    record Adopted(String id, String name, UnknownPhone phone, Optional<String> host, String file) {}
}
