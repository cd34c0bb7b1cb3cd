package org.bellwire.core.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.runtime.LogText;
import org.bellwire.core.files.CfgEdit;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.files.FileReplacement;
import org.bellwire.core.files.SmallFile;
import org.bellwire.core.files.UnreadableFileException;
import org.bellwire.core.phone.PhoneSettings;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Writes phones' files, checked by what reads them: a text is made, read as a file of that name would be, and only then written. */
@Component(service = PhoneFileEditor.class)
public final class PhoneCfgEditor implements PhoneFileEditor {

    private static final String ANY_ID = "phone";

    private final PhoneFiles files;
    private final ConfigurationPlugins plugins;
    /** How many files may be written until they are counted again. */
    private int room;

    @Activate
    public PhoneCfgEditor(
            @Reference PhoneFiles files,
            @Reference(
                            service = ConfigurationPlugin.class,
                            cardinality = ReferenceCardinality.MULTIPLE,
                            policyOption = ReferencePolicyOption.GREEDY)
                    List<Map.Entry<Map<String, Object>, ConfigurationPlugin>> plugins) {
        this.files = files;
        this.plugins = new ConfigurationPlugins(plugins);
    }

    @Override
    public List<String> keys() {
        return PhoneSettings.KEYS;
    }

    @Override
    public Set<String> secretKeys() {
        return PhoneSettings.SECRET_KEYS;
    }

    @Override
    public Set<String> ids() throws NotWritten {
        try {
            Set<String> ids = new TreeSet<>();
            PhoneFiles.names(Optional.of(folder()))
                    .names()
                    .forEach(name -> ids.add(PhoneFiles.idOf(PhoneFiles.pidOf(name), Map.of())));
            return ids;
        } catch (IOException e) {
            throw new NotWritten("the phones' files cannot be listed: " + why(e));
        }
    }

    @Override
    public Optional<Map<String, String>> read(String id) throws NotWritten {
        Path file = file(id);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Cfg cfg = Cfg.of(
                    file.getFileName().toString(),
                    CfgText.parse(SmallFile.read(file)).values());
            return Optional.of(new LinkedHashMap<>(cfg.raw()));
        } catch (UnreadableFileException e) {
            throw new NotWritten(file.getFileName() + ": " + e.reason());
        }
    }

    @Override
    public List<String> check(String id, Map<String, String> values) {
        if (PhoneId.parse(id).isEmpty()) { // and everything else that is wrong
            return Stream.concat(Stream.of(PhoneEntry.FILE_NAME_RULE), faults(ANY_ID, values).stream())
                    .toList();
        }
        return faults(id, values);
    }

    private List<String> faults(String id, Map<String, String> values) {
        Map<String, String> present = present(values);
        Optional<String> broken = present.entrySet().stream()
                .filter(entry -> isBroken(entry.getKey()) || isBroken(entry.getValue()))
                .map(entry -> LogText.clean(entry.getKey(), 40) + ": holds a line break or another control character")
                .findFirst();
        return broken.map(List::of).orElseGet(() -> faults(id, CfgEdit.fresh(present)));
    }

    /** What reads the file says what is wrong with it. */
    private List<String> faults(String id, byte[] content) {
        try {
            SmallFile.checkSize(content.length);
            CfgText text = CfgText.parse(content);
            Map<String, Object> filled = filled(id, text.values());
            PhoneSettings.parse(PhoneFiles.nameOfPid(pid(id)), new PhoneId(id), filled, List.of());
            return List.of();
        } catch (CfgException e) {
            return e.faults();
        } catch (UnreadableFileException e) {
            return List.of("file: " + e.reason());
        }
    }

    @SuppressWarnings("JdkObsolete") // configuration plugins speak in dictionaries
    private Map<String, Object> filled(String id, Map<String, String> values) {
        Dictionary<String, Object> dictionary = new Hashtable<>(values);
        plugins.fillIn(pid(id), dictionary);
        Map<String, Object> filled = new TreeMap<>();
        dictionary.keys().asIterator().forEachRemaining(key -> filled.put(key, dictionary.get(key)));
        return filled;
    }

    @Override
    public String create(String id, Map<String, String> values) throws NotWritten {
        Path file = file(id);
        refuseOthers(values.keySet());
        refuse(check(id, values));
        refuseOneTooMany();
        try {
            FileReplacement.create(file, CfgEdit.fresh(present(values)));
        } catch (FileAlreadyExistsException e) {
            throw new NotWritten("there is a file for the phone '" + id + "' already: " + file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file.getFileName().toString();
    }

    @Override
    public String change(String id, Map<String, String> changes) throws NotWritten {
        Path file = file(id);
        Map<String, String> after = new LinkedHashMap<>(read(id).orElseThrow(() -> noFile(id, file)));
        Map<String, String> trimmed = new LinkedHashMap<>();
        changes.forEach((key, value) -> trimmed.put(key, value.strip()));
        after.putAll(trimmed);
        refuseOthers(trimmed.keySet());
        refuse(check(id, after));
        try {
            byte[] content = CfgEdit.apply(SmallFile.read(file), trimmed);
            refuse(faults(id, content));
            FileReplacement.replace(file, content);
        } catch (UnreadableFileException e) {
            throw new NotWritten(file.getFileName() + ": " + e.reason());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file.getFileName().toString();
    }

    @Override
    public String delete(String id) throws NotWritten {
        Path file = file(id);
        try {
            if (!Files.deleteIfExists(file)) {
                throw noFile(id, file);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file.getFileName().toString();
    }

    private static NotWritten noFile(String id, Path file) {
        return new NotWritten("there is no file for the phone '" + id + "': " + file);
    }

    private static void refuse(List<String> faults) throws NotWritten {
        if (!faults.isEmpty()) {
            throw new NotWritten(String.join("; ", faults));
        }
    }

    private void refuseOthers(Set<String> keys) throws NotWritten {
        refuse(keys.stream()
                .filter(key -> !PhoneSettings.KEYS.contains(key))
                .map(key -> LogText.clean(key, 40) + ": no such key")
                .toList());
    }

    /** Counts anew only when half of the room is used up, since a folder of many files takes a while to list. */
    private synchronized void refuseOneTooMany() throws NotWritten {
        if (room <= 0) {
            int left = PhoneFiles.MAX - ids().size();
            if (left <= 0) {
                throw new NotWritten(
                        "there are " + PhoneFiles.MAX + " phones' files, and no more are read: take some out");
            }
            room = Math.max(1, left / 2);
        }
        room--;
    }

    private static NotWritten unwritable(Path file, IOException e) {
        return new NotWritten(file + " cannot be written: " + why(e)
                + "; may Bellwire's user write to this folder, and is there room on the disk?");
    }

    private static String why(IOException e) {
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getClass().getSimpleName();
        return LogText.clean(reason);
    }

    private static Map<String, String> present(Map<String, String> values) {
        Map<String, String> present = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!value.isBlank()) {
                present.put(key, value.strip());
            }
        });
        return present;
    }

    private static boolean isBroken(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7F)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private Path file(String id) throws NotWritten {
        if (PhoneId.parse(id).isEmpty()) {
            throw new NotWritten(PhoneEntry.FILE_NAME_RULE);
        }
        return folder().resolve(PhoneFiles.nameOfPid(pid(id)));
    }

    private Path folder() throws NotWritten {
        return files.home()
                .orElseThrow(() -> new NotWritten("nobody knows where the phones' files are: karaf.etc is not set"));
    }

    private static String pid(String id) {
        return PhoneFiles.FACTORY_PID + "~" + id;
    }
}
