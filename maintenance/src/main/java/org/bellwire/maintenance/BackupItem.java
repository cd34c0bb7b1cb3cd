package org.bellwire.maintenance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in a backup.
 *
 * @param name {@code etc/…} or {@code states/…}
 * @param size its bytes
 * @param sha256 their digest, in hexadecimal
 */
record BackupItem(String name, long size, String sha256) {

    static final String ETC = "etc/";
    static final String STATES = "states/";

    private static final int MAX_NAME = 400;

    /** No way out of the folder: no part that begins with a point, no empty one, nothing that could rule a terminal. */
    private static final Pattern NAME = Pattern.compile(
            "(?:" + ETC + "|" + STATES + ")[^\\p{C}/\\\\.][^\\p{C}/\\\\]*(?:/[^\\p{C}/\\\\.][^\\p{C}/\\\\]*){0,8}");

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,12}) (.{1," + MAX_NAME + "})");

    BackupItem {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a file of Bellwire");
        }
    }

    /** Whether a backup may hold a file of that name. */
    static boolean isName(String name) {
        return name.length() <= MAX_NAME && NAME.matcher(name).matches();
    }

    /** A line of the list at the backup's end. */
    static Optional<BackupItem> parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() && isName(parts.group(3))
                ? Optional.of(new BackupItem(parts.group(3), Long.parseLong(parts.group(2)), parts.group(1)))
                : Optional.empty();
    }

    String line() {
        return sha256 + " " + size + " " + name;
    }
}
