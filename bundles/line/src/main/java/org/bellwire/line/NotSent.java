package org.bellwire.line;

import java.io.IOException;

/** Nothing went to the phone, and that is not the phone's fault: the message says why and what to change. */
final class NotSent extends IOException {

    private static final long serialVersionUID = 1L;

    NotSent(String why) {
        super(why);
    }
}
