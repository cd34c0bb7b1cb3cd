package org.bellwire.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is wrong: the message has {@code file: key: reason} for each fault. */
public final class CfgException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    /** More than a person reads at once; a file of ten thousand wrong items must not fill the log. */
    private static final int MAX_FAULTS = 20;

    private final List<String> faults;

    /**
     * Collects the faults of one file.
     *
     * @param faults each as {@code key: reason}
     */
    public CfgException(String file, List<String> faults) {
        super(named(faults).stream().map(fault -> file + ": " + fault).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(named(faults));
    }

    private static List<String> named(List<String> faults) {
        return bounded(faults, MAX_FAULTS, "faults");
    }

    /** What is wrong, without the file's name: {@code key: reason}, separated by semicolons. */
    public String reasons() {
        return String.join("; ", faults);
    }

    /** What is wrong, each as {@code key: reason}. */
    public List<String> faults() {
        return faults;
    }

    static List<String> bounded(List<String> all, int max, String what) {
        if (all.size() <= max) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, max));
        some.add("and " + (all.size() - max) + " more " + what);
        return some;
    }
}
