package org.bellwire.api.spi;

/**
 * Something of the phone's file that a request holds. In the tables only its mark stands, so that no log, result or page can
 * show it; the way to the phone puts the value in its place, percent-encoded, when the bytes are made.
 */
public enum Credential {
    USER("user"),
    PASSWORD("password"),
    API_TOKEN("api.token");

    private final String key;
    private final String mark;

    Credential(String key) {
        this.key = key;
        mark = "{" + key + "}";
    }

    /** The key of the phone's file. */
    public String key() {
        return key;
    }

    /** What stands for it in a request's target. A value from outside cannot be one: its brackets are encoded. */
    public String mark() {
        return mark;
    }
}
