package org.bellwire.console.stream;

import java.io.IOException;

/** A connection that takes bytes when it can. */
public interface Outlet {

    /** It takes more now; if not, it calls back when it does. */
    boolean isReady();

    void write(byte[] bytes) throws IOException;

    void flush() throws IOException;

    void end();
}
