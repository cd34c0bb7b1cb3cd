package org.bellwire.line;

import java.io.IOException;

/** A request was not sent, for a reason on our side. The message says why and what to change. */
final class RequestNotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    RequestNotSentException(String why) {
        super(why);
    }
}
