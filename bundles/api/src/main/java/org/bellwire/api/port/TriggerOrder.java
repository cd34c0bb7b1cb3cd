package org.bellwire.api.port;

/**
 * A trigger is to fire, or to end what it started; nothing checked.
 *
 * @param firedBy what asked for it, as its result tells it: a JSON object
 */
public record TriggerOrder(String trigger, boolean cancel, String firedBy) {}
