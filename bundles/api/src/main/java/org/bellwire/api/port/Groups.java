package org.bellwire.api.port;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** Groups of phones, each with the topics of a phone. Implemented by core, used by shell, console and homeassistant. */
@ProviderType
public interface Groups {

    /** All groups that have a file, wrong ones included, by id. */
    List<Group> all();

    Optional<Group> find(String id);

    /**
     * One group at this moment.
     *
     * @param members the phones that its file names and that there are, by id
     * @param fault what is wrong with the group's file; empty: nothing
     * @param site the tenant that its file names; empty: the gateway's own
     */
    record Group(String id, String name, List<PhoneId> members, Optional<String> fault, String site) {

        /** Of the gateway's own site. */
        public Group(String id, String name, List<PhoneId> members, Optional<String> fault) {
            this(id, name, members, fault, "");
        }

        public Group {
            members = List.copyOf(members);
        }
    }

    /** Is told of groups; a whiteboard as {@link PhoneListener}: must not block and must not throw. */
    @ConsumerType
    interface Listener {
        /** The group is new, or its file or its members are others. */
        void changed(String group);

        void gone(String group);
    }
}
