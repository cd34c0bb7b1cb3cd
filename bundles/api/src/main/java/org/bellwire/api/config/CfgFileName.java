package org.bellwire.api.config;

import java.util.Map;
import org.bellwire.api.runtime.LogText;

/**
 * The name of a file of which there are several, such as {@code org.bellwire.group-floor2.cfg}.
 *
 * @param id what stands behind the dash
 * @param file the whole name, fit for messages
 */
public record CfgFileName(String id, String file) {

    /** Where File Install notes a configuration's file. */
    private static final String FILE_NAME = "felix.fileinstall.filename";

    /**
     * The name of a configuration's file.
     *
     * @param factory such as {@code org.bellwire.group}
     * @param pid that of the configuration, such as {@code org.bellwire.group~floor2}
     */
    public static CfgFileName of(String factory, String pid, Map<String, ?> properties) {
        Object path = properties.get(FILE_NAME);
        String name =
                path == null ? "" : path.toString().substring(path.toString().lastIndexOf('/') + 1);
        String id = idOf(factory, pid, name);
        return new CfgFileName(id, LogText.clean(name.isEmpty() ? factory + "-" + id + ".cfg" : name));
    }

    private static String idOf(String factory, String pid, String name) {
        if (pid.startsWith(factory + "~")) {
            return pid.substring(factory.length() + 1);
        }
        String whole = name.isEmpty() ? pid : name;
        int begin = whole.startsWith(factory) ? Math.min(whole.length(), factory.length() + 1) : 0;
        String rest = whole.substring(begin);
        int dot = rest.lastIndexOf(".cfg");
        return dot > 0 ? rest.substring(0, dot) : rest;
    }
}
