package org.bellwire.api.port;

/**
 * A command as it was sent, nothing checked.
 *
 * @param origin who sent it, for the audit line: a topic, or {@code shell}
 */
public record CommandOrder(String phone, String command, String payload, String origin) {}
