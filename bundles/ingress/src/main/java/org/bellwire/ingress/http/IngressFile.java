package org.bellwire.ingress.http;

/** The file of the ingress, as messages name it, and the PID of what stands in it. */
public final class IngressFile {

    public static final String PID = "org.bellwire.ingress";
    public static final String NAME = PID + ".cfg";

    private IngressFile() {}
}
