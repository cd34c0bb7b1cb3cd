package org.bellwire.api.port;

import org.bellwire.api.CallInfo;
import org.bellwire.api.EventMessage;

/**
 * An event of a phone as it is published.
 *
 * @param message phone, type, JSON and time
 * @param call what is known of the call that it speaks of; {@link CallInfo#NONE} for events without one
 */
public record PhoneEvent(EventMessage message, CallInfo call) {}
