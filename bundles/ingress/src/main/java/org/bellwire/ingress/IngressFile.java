package org.bellwire.ingress;

/** The file of the ingress, as messages name it, and the PID of what stands in it. */
final class IngressFile {

    static final String PID = "org.bellwire.ingress";
    static final String NAME = PID + ".cfg";

    private IngressFile() {}
}
