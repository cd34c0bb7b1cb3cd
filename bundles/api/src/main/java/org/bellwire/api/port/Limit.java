package org.bellwire.api.port;

import java.util.Locale;

/**
 * A bound that Bellwire keeps so that nobody outside can exhaust it. Whoever keeps one counts by {@link Counters#reached} what it
 * turns away, and says once in the log what to change.
 */
public enum Limit {
    /** The phones' port has as many connections as it may have. */
    INGRESS_CONNECTIONS,
    /** One address has as many connections to the phones' port as it may have. */
    INGRESS_CONNECTIONS_PER_ADDRESS,
    /** A phone's file has more bytes or keys than it may have. */
    PHONE_FILE_SIZE,
    /** There are more phones' files than are read. */
    PHONE_FILES,
    /** More unknown phones than the inbox keeps. */
    INBOX_PHONES,
    /** The topic of the inbox does not hold all of it. */
    INBOX_SIZE,
    /** As many unknown phones were adopted by themselves as may be, of one address or since the start. */
    ADOPTED_PHONES,
    /** The phones of a site together report more often than its file lets them. */
    SITE_REPORTS,
    /** As many requests to phones are under way as may be. */
    LINE_REQUESTS,
    /** As many phones are talked to over TLS as may be; the next wait. */
    LINE_TLS,
    /** As many names of phones are being looked up as may be. */
    LINE_LOOKUPS,
    /** No connection to a phone can be opened: the process has as many descriptors as it may have. */
    LINE_DESCRIPTORS,
    /** A phone answered with more than is read. */
    LINE_ANSWERS,
    /** As many phones' logs are read by long poll as may be. */
    LONG_POLLS,
    /** Addresses that are not allowed have as many connections to the phones' port as they may have. */
    INGRESS_STRANGERS,
    /** As many TLS handshakes are under way at the phones' port as may be. */
    INGRESS_HANDSHAKES,
    /** The phones' port cannot accept a connection, for the process may open no more files. */
    INGRESS_DESCRIPTORS,
    /** A message of the MQTT broker is larger than Bellwire takes. */
    MQTT_ARRIVED_SIZE,
    /** A message is larger than Bellwire publishes, or the broker closes the connection over it. */
    MQTT_PUBLISHED_SIZE,
    /** More waits in memory for the MQTT broker than may. */
    MQTT_QUEUE,
    /** The MQTT broker has left something unanswered for too long, and the connection was given up for it. */
    MQTT_ANSWER_TIME,
    /** As many triggers run, or wait for their turn, as may. */
    TRIGGERS_RUNNING,
    /** The file of contacts is larger, or has more lines, than is read. */
    CONTACTS,
    /** The spool holds as many events or bytes as it may. */
    SPOOL,
    /** What is known of the phones is more than is kept for the next start. */
    STATES,
    /** The port of probes has as many connections as it may have. */
    PROBE_CONNECTIONS,
    /** One address has as many connections to the port of probes as it may have. */
    PROBE_CONNECTIONS_PER_ADDRESS,
    /** More commands wait for the log of the cluster than may. */
    CLUSTER_COMMANDS,
    /** As many look on at the web page as may. */
    PAGE_STREAMS,
    /** A command came without a payload, which commands nothing. */
    EMPTY_COMMANDS,
    /** The broker keeps more configs for Home Assistant than are read back at once. */
    HOMEASSISTANT_CONFIGS,
    /** The embedded broker has as many connections as it may have, or the machine has no descriptor for another. */
    BROKER_CONNECTIONS,
    /** A client of the embedded broker did not log in in time, or too many had not. */
    BROKER_LOGINS,
    /** A packet, payload, topic or filter for the embedded broker is longer than it may be. */
    BROKER_PACKET,
    /** All clients of the embedded broker together hold as much memory as they may: who holds most loses it. */
    BROKER_MEMORY,
    /** A message of the embedded broker is dropped for a client that reads too slowly or is away. */
    BROKER_QUEUE,
    /** The embedded broker keeps as many or as large retained messages as it may. */
    BROKER_RETAINED,
    /** A client of the embedded broker has as many subscriptions as it may have. */
    BROKER_SUBSCRIPTIONS,
    /** As many clients of the embedded broker with a stored session are away as may be. */
    BROKER_SESSIONS;

    /** The name in metrics and in {@code bridge/health}, such as {@code ingress_connections}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
