package org.bellwire.line;

import java.io.IOException;

/** Nothing went to the phone, and that is not the phone's fault: the message says why and what to change. */
final class RequestNotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    RequestNotSentException(String why) {
        super(why);
    }
}
