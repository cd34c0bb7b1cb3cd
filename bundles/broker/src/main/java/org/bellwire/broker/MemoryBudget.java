package org.bellwire.broker;

/** The bytes that all clients hold together. A message that waits for many counts once. */
final class MemoryBudget {

    private final long limit;
    private long used;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    void take(long bytes) {
        used += bytes;
    }

    void give(long bytes) {
        used -= bytes;
    }

    long used() {
        return used;
    }

    boolean isExceeded() {
        return used > limit;
    }

    /** The share of one connection or session. */
    static final class Account {

        /** What a message costs in a queue, beside its bytes. */
        static final int ENTRY = 140;

        private final MemoryBudget all;
        private long own;
        private long buffers;

        Account(MemoryBudget all) {
            this.all = all;
        }

        /** All that is held, messages in full even if others hold them, too. */
        long bytes() {
            return own;
        }

        void take(long bytes) {
            own += bytes;
            all.take(bytes);
        }

        void give(long bytes) {
            own -= bytes;
            all.give(bytes);
        }

        /** Says how many bytes the connection's buffers have now. */
        void buffers(long bytes) {
            take(bytes - buffers);
            buffers = bytes;
        }

        static long cost(BrokerMessage message) {
            return message.bytes() + ENTRY;
        }

        void hold(BrokerMessage message) {
            take(ENTRY);
            own += message.bytes();
            if (message.hold()) {
                all.take(message.bytes());
            }
        }

        void release(BrokerMessage message) {
            give(ENTRY);
            own -= message.bytes();
            if (message.release()) {
                all.give(message.bytes());
            }
        }
    }
}
