package org.bellwire.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection to a phone as bytes, plain or TLS. No method blocks: each returns what to wait for before it is called again.
 */
interface PhoneStream {

    /** What has to be waited for. */
    enum Until {
        DONE,
        READABLE,
        WRITABLE,
        /** A task elsewhere is over; whoever made the stream is told then. */
        TOLD
    }

    /** Done when all is written. A turn begins with it: see {@link #read}. */
    Until write(ByteBuffer from) throws IOException;

    /**
     * Done when there is something in {@code into}, or the phone {@link #isEnded}. {@code READABLE} also when enough was taken
     * in this turn, so that the others have theirs.
     */
    Until read(ByteBuffer into) throws IOException;

    /** The phone will send no more. */
    boolean isEnded();

    /** Says goodbye where that is the custom; the connection stays open. */
    void finish();

    /** Just the connection's bytes. */
    final class Plain implements PhoneStream {
        private final SocketChannel channel;
        private boolean ended;

        Plain(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public Until write(ByteBuffer from) throws IOException {
            if (from.hasRemaining()) {
                channel.write(from);
            }
            return from.hasRemaining() ? Until.WRITABLE : Until.DONE;
        }

        @Override
        public Until read(ByteBuffer into) throws IOException {
            int count = channel.read(into);
            ended = count < 0;
            return count == 0 ? Until.READABLE : Until.DONE;
        }

        @Override
        public boolean isEnded() {
            return ended;
        }

        @Override
        public void finish() {
            // There is nothing to say.
        }
    }
}
