package org.bellwire.mqtt;

import java.io.IOException;

/** An event on disk that is whole, but that only a newer Bellwire understands. */
final class ForeignEvent extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignEvent(String message) {
        super(message);
    }
}
