package org.bellwire.api;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is wrong: the message has {@code file: key: reason} for each fault. */
public final class CfgException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reasons;

    /**
     * Collects the faults of one file.
     *
     * @param faults each as {@code key: reason}
     */
    public CfgException(String file, List<String> faults) {
        super(faults.stream().map(fault -> file + ": " + fault).collect(Collectors.joining("; ")));
        reasons = String.join("; ", faults);
    }

    /** What is wrong, without the file's name: {@code key: reason}, separated by semicolons. */
    public String reasons() {
        return reasons;
    }
}
