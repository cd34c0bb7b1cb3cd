package org.bellwire.mqtt.spool;

import java.io.IOException;

/** An event on disk is whole, but written by a newer Bellwire. */
final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(String message) {
        super(message);
    }
}
