package org.bellwire.mqtt.spool;

import java.io.IOException;

/** An event on disk that is whole, but that only a newer Bellwire understands. */
final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(String message) {
        super(message);
    }
}
