package org.bellwire.karaf;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.PhoneFileEditor.NotWritten;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phones' files as {@code config:} commands read and write them, checked as any edit is. Passwords and tokens are shown as
 * {@value #HIDDEN}, which leaves them as they are when it is written.
 */
final class ConfigFiles {

    static final String HIDDEN = "********";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFiles.class);

    private final Supplier<Optional<PhoneFileEditor>> editor;

    ConfigFiles(Supplier<Optional<PhoneFileEditor>> editor) {
        this.editor = editor;
    }

    boolean isThere() {
        return editor.get().isPresent();
    }

    private PhoneFileEditor files() throws IOException {
        return editor.get().orElseThrow(() -> new IOException("Bellwire is about to stop or to start: try again"));
    }

    /** Of all phones; none while core is not there. */
    Set<String> ids() throws IOException {
        try {
            return isThere() ? files().ids() : Set.of();
        } catch (NotWritten e) {
            throw refused(e);
        }
    }

    /** What a phone's file says, without its secrets. */
    Optional<Map<String, String>> shown(String phone) throws IOException {
        Optional<Map<String, String>> values = read(phone);
        for (String key : files().secretKeys()) {
            values.ifPresent(all -> all.computeIfPresent(key, (k, secret) -> HIDDEN));
        }
        return values;
    }

    private Optional<Map<String, String>> read(String phone) throws IOException {
        try {
            return files().read(phone);
        } catch (NotWritten e) {
            throw refused(e);
        }
    }

    void delete(String phone) throws IOException {
        try {
            LOG.info("config:delete: deleted {}", files().delete(phone));
        } catch (NotWritten e) {
            throw refused(e);
        }
    }

    /** Makes the file say this and no more. */
    void write(String phone, Map<String, Object> properties) throws IOException {
        Map<String, String> wanted = PhonePid.withoutMarks(properties);
        try {
            Optional<Map<String, String>> before = files().read(phone);
            Map<String, String> changes = new HashMap<>(wanted);
            before.ifPresent(now -> now.keySet().forEach(key -> changes.putIfAbsent(key, "")));
            Set<String> secret = files().secretKeys();
            changes.entrySet().removeIf(change -> isSame(change, before.orElse(Map.of()), secret));
            if (changes.isEmpty() && before.isPresent()) {
                return;
            }
            String file = before.isPresent() ? files().change(phone, changes) : files().create(phone, changes);
            LOG.info("config:update: changed {} of {}", changes.keySet(), file);
        } catch (NotWritten e) {
            throw refused(e);
        }
    }

    private static boolean isSame(Map.Entry<String, String> change, Map<String, String> before, Set<String> secret) {
        return change.getValue().equals(before.get(change.getKey()))
                || (change.getValue().equals(HIDDEN) && secret.contains(change.getKey()));
    }

    /** Makes a file, never over another. */
    void create(String phone, Map<String, Object> properties) throws IOException {
        try {
            LOG.info("config:update: made {}", files().create(phone, PhonePid.withoutMarks(properties)));
        } catch (NotWritten e) {
            throw refused(e);
        }
    }

    private static IOException refused(NotWritten e) {
        return new IOException(e.reason());
    }
}
