package org.bellwire.api.port;

import org.osgi.annotation.versioning.ProviderType;

/** Links that log in to the web page. Implemented by console, used by the shell where it is there. Nothing here blocks. */
@ProviderType
public interface ConsoleLinks {

    /** A link that logs in once, within the next minutes: for the local administrator only. */
    String link();
}
