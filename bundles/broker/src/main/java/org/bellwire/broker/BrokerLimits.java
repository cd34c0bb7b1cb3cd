package org.bellwire.broker;

import java.time.Duration;

/** What no client and no file may exceed, so that none takes the broker, and Bellwire with it, down. */
record BrokerLimits(Connections connections, Memory memory, Subscriptions subscriptions, Patience patience) {

    /** A topic and a filter have at most so many characters. */
    static final int TOPIC_CHARACTERS = 4096;
    /** A topic and a filter have at most so many levels. */
    static final int TOPIC_LEVELS = 128;
    /** A message has at most so many bytes, its topic not counted. */
    static final int PAYLOAD_BYTES = 1 << 20;
    /** A CONNECT has at most so many bytes: whoever sends it is a stranger. */
    static final int CONNECT_BYTES = 1 << 13;
    /** A SUBSCRIBE or UNSUBSCRIBE has at most so many bytes. */
    static final int SUBSCRIBE_BYTES = 1 << 18;
    /** Of a client's id or a topic, a line of the log has at most so many characters. */
    static final int SHOWN = 80;

    /**
     * How many may be connected.
     *
     * @param clients logged in or not
     * @param reserved so many more, for Bellwire itself
     * @param notLoggedIn of them not logged in yet; the oldest makes room
     * @param notLoggedInPerAddress the same for one address
     */
    record Connections(int clients, int reserved, int notLoggedIn, int notLoggedInPerAddress) {}

    /**
     * Bytes of memory.
     *
     * @param clients buffers, queues and subscriptions of all clients together
     * @param client the same of one client
     * @param retained all retained messages
     * @param retainedTopics how many retained messages
     */
    record Memory(long clients, long client, long retained, int retainedTopics) {}

    /**
     * What is stored for clients.
     *
     * @param filters of one client
     * @param wildcards of these, those with a wildcard
     * @param sessions of clients that are away
     */
    record Subscriptions(int filters, int wildcards, int sessions) {}

    /**
     * How long a client is waited for.
     *
     * @param login from its connection to its whole CONNECT
     * @param packet from a packet's first byte to its last
     * @param reading while it takes nothing of what is ready for it
     */
    record Patience(Duration login, Duration packet, Duration reading) {}

    /** A quarter of the heap for all clients together, another for what is retained. */
    static BrokerLimits of(long heap) {
        return new BrokerLimits(
                new Connections(1000, 16, 500, 250),
                new Memory(heap / 4, heap / 8, heap / 4, 250_000),
                new Subscriptions(20_000, 2_000, 1_000),
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }
}
