package org.bellwire.api.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads, checks and writes the phones' files, {@code org.bellwire.phone-<id>.cfg}, as a person with an editor would. Implemented by
 * core, used by shell and console. Waits for the disk. What was written is read as any file is, within 5 s.
 */
@ProviderType
public interface PhoneFileEditor {

    /** The keys that a phone's file may have, in the order of the documentation. */
    List<String> keys();

    /** Those of them that nobody is to be shown. */
    Set<String> secretKeys();

    /** The ids of the phones that have a file. */
    Set<String> ids() throws NotWritten;

    /**
     * What a phone's file says, placeholders such as {@code $[env:NAME]} as they stand there; empty: it has none.
     *
     * @throws NotWritten if the file cannot be read as one
     */
    Optional<Map<String, String>> read(String id) throws NotWritten;

    /**
     * What would be wrong with a file, in the words of {@code phone:list}; nothing of other phones. Empty values count as absent.
     *
     * @return each as {@code key: reason}, or {@code file name: reason}; empty: it is right
     */
    List<String> check(String id, Map<String, String> values);

    /**
     * Writes a new file. Never overwrites one.
     *
     * @return the file's name
     */
    String create(String id, Map<String, String> values) throws NotWritten;

    /**
     * Changes keys of a file: an empty value takes its line away. Other keys, comments and unknown lines stay as they are.
     *
     * @return the file's name
     */
    String change(String id, Map<String, String> changes) throws NotWritten;

    /**
     * Deletes a phone's file.
     *
     * @return the file's name
     */
    String delete(String id) throws NotWritten;

    /** Nothing was written. The message says why and what to change; it has no secret. */
    final class NotWritten extends Exception {
        private static final long serialVersionUID = 1L;

        public NotWritten(String reason) {
            super(reason, null, false, false);
        }

        /** For people. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }
}
