package org.bellwire.ingress.server;

import java.io.IOException;
import org.bellwire.ingress.admission.OpenConnections;
import org.bellwire.ingress.http.ProxyHeader;
import org.bellwire.ingress.http.ProxyHeaderParser;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;

/**
 * The beginning of a connection from a trusted proxy: whose it is, if the proxy says so by the PROXY protocol. Then it is that
 * one's, and goes on as if there were no proxy. One without that header goes on as it came.
 */
final class ProxyHeaderConnection extends AbstractConnection {

    /** What reads on: TLS or requests. */
    interface Next {
        Connection make() throws IOException;
    }

    private final PhoneEndPoint socket;
    private final OpenConnections connections;
    private final int patienceMs;
    private final Next next;
    private final ReadBuffer buffer;
    private final Callback bytes =
            Callback.from(Callback.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);

    ProxyHeaderConnection(
            PhoneEndPoint socket, Connector port, OpenConnections connections, int patienceMs, Next next) {
        super(socket, port.getExecutor());
        this.socket = socket;
        this.connections = connections;
        this.patienceMs = patienceMs;
        this.next = next;
        this.buffer = new ReadBuffer(port.getByteBufferPool());
    }

    @Override
    public void onOpen() {
        super.onOpen();
        socket.waits(patienceMs);
        onFillable();
    }

    @Override
    public void onFillable() {
        try {
            read();
        } catch (IOException e) {
            end();
        }
    }

    @Override
    protected void onFillInterestedFailed(Throwable cause) {
        close();
    }

    private void read() throws IOException {
        ProxyHeader header = ProxyHeader.INCOMPLETE;
        while (header.equals(ProxyHeader.INCOMPLETE)) {
            int filled = buffer.fill(socket);
            if (filled < 0) {
                end();
                return;
            }
            if (filled == 0) {
                buffer.shrink();
                socket.fillInterested(bytes);
                return;
            }
            header = ProxyHeaderParser.read(buffer.bytes());
        }
        goOn(header);
    }

    private void goOn(ProxyHeader header) throws IOException {
        if (header instanceof ProxyHeader.Complete known) {
            buffer.bytes().position(buffer.bytes().position() + known.length());
            boolean moved =
                    known.source().isEmpty() || socket.movesTo(known.source().get(), connections);
            if (!moved) {
                end();
                return;
            }
        }
        buffer.shrink();
        socket.unread(buffer.bytes());
        socket.upgrade(next.make());
    }

    private void end() {
        buffer.clear();
        buffer.shrink();
        close();
    }
}
