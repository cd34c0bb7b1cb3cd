package org.bellwire.console.session;

/**
 * A login.
 *
 * @param id in the cookie
 * @param csrf what the page shows with each change; no other site can read it
 */
public record WebSession(String id, String csrf) {

    @Override
    public String toString() {
        return "WebSession[***]";
    }
}
