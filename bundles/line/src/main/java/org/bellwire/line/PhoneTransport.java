package org.bellwire.line;

import org.eclipse.jetty.client.HttpDestination;
import org.eclipse.jetty.client.api.Connection;
import org.eclipse.jetty.client.http.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.http.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.Promise;

/** HTTP/1.1 with one selector, over connections that end an answer which is too long; Jetty bounds neither headers nor body. */
final class PhoneTransport extends HttpClientTransportOverHTTP {

    /** All that a phone may send: status line, headers and body. */
    static final int MAX_ANSWER_BYTES = 64 * 1024;

    PhoneTransport() {
        super(1);
    }

    void connectWithin(int milliseconds) {
        SelectorManager selectors = getSelectorManager();
        if (selectors != null) {
            selectors.setConnectTimeout(milliseconds);
        }
    }

    @Override
    protected HttpConnectionOverHTTP newHttpConnection(
            EndPoint endPoint, HttpDestination destination, Promise<Connection> promise) {
        return new BoundedConnection(endPoint, destination, promise);
    }

    private static final class BoundedConnection extends HttpConnectionOverHTTP {
        BoundedConnection(EndPoint endPoint, HttpDestination destination, Promise<Connection> promise) {
            super(endPoint, destination, promise);
        }

        @Override
        protected void addBytesIn(long count) {
            super.addBytesIn(count);
            if (getBytesIn() > MAX_ANSWER_BYTES) {
                throw new TooLong();
            }
        }
    }

    /** The phone sends more than {@link #MAX_ANSWER_BYTES}. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + MAX_ANSWER_BYTES + " bytes", null, false, false);
        }
    }
}
