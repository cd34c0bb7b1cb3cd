package org.bellwire.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneFileEditor;

/** Phones' files in memory, with a few of the checks of the real ones. */
public final class MemoryPhoneFiles implements PhoneFileEditor {

    private final Map<String, Map<String, String>> files = new TreeMap<>();
    private int writes;

    /** What is written, by the phone's id. */
    public Map<String, Map<String, String>> files() {
        return files;
    }

    /** How often a file was written. */
    public int writes() {
        return writes;
    }

    @Override
    public List<String> keys() {
        return List.of("vendor", "name", "mac", "host", "port", "password", "token");
    }

    @Override
    public Set<String> secretKeys() {
        return Set.of("password", "token");
    }

    @Override
    public Set<String> ids() {
        return new TreeSet<>(files.keySet());
    }

    @Override
    public Optional<Map<String, String>> read(String id) {
        return Optional.ofNullable(files.get(id)).map(LinkedHashMap::new);
    }

    @Override
    public List<String> check(String id, Map<String, String> values) {
        List<String> faults = new ArrayList<>();
        if (PhoneId.parse(id).isEmpty()) {
            faults.add("file name: is no id");
        }
        if (values.getOrDefault("vendor", "").isEmpty()) {
            faults.add("vendor: is missing");
        }
        String mac = values.getOrDefault("mac", "");
        if (!mac.isEmpty() && Mac.parse(mac).isEmpty()) {
            faults.add("mac: must be a MAC address, not '" + mac + "'");
        }
        return faults;
    }

    @Override
    public String create(String id, Map<String, String> values) throws NotWritten {
        if (files.containsKey(id)) {
            throw new NotWritten("already");
        }
        files.put(id, new TreeMap<>());
        return change(id, values);
    }

    @Override
    public String change(String id, Map<String, String> changes) {
        writes++;
        changes.forEach((key, value) -> {
            if (value.isEmpty()) {
                files.getOrDefault(id, Map.of()).remove(key);
            } else {
                files.getOrDefault(id, Map.of()).put(key, value);
            }
        });
        return id;
    }

    @Override
    public String delete(String id) throws NotWritten {
        if (files.remove(id) == null) {
            throw new NotWritten("there is no file for the phone '" + id + "'");
        }
        return id;
    }
}
