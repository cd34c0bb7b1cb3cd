package org.bellwire.api.port;

/** A command as it was sent, nothing checked. */
public record CommandOrder(String phone, String command, String payload, Origin origin) {}
