package org.bellwire.api;

import java.util.List;

/** A configuration file is wrong: the message has a line {@code file: key: reason} for each fault. */
public final class CfgException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public CfgException(List<String> faults) {
        super(String.join("; ", faults));
    }
}
