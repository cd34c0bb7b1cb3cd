package org.bellwire.api.port;

import java.time.Instant;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;

/**
 * What a phone reported, as its owner is to take it in: the same again makes the same of it.
 *
 * @param vendor by whose table it is to be read
 * @param event in the vendor's words
 * @param variables without secrets
 * @param time when the phone reported it
 * @param id the ULID of the first event that comes of it
 */
public record Report(PhoneId phone, String vendor, String event, Variables variables, Instant time, String id) {}
