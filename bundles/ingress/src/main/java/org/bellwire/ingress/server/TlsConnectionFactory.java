package org.bellwire.ingress.server;

import org.bellwire.ingress.admission.ConnectionPermit;
import org.bellwire.ingress.admission.HandshakeQueue;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** Hands out {@link IngressConnection}s that speak TLS. */
final class TlsConnectionFactory extends AbstractConnectionFactory {

    private final TlsContext context;
    private final ByteBufferPool pool;
    private final HandshakeQueue handshakes;
    private final IngressConnectionFactory actions;

    /**
     * For one port.
     *
     * @param pool of the buffers that Jetty's part of TLS uses, and nobody else
     */
    TlsConnectionFactory(
            TlsContext context, ByteBufferPool pool, HandshakeQueue handshakes, IngressConnectionFactory actions) {
        super("tls");
        this.context = context;
        this.pool = pool;
        this.handshakes = handshakes;
        this.actions = actions;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        PhoneEndPoint socket = (PhoneEndPoint) endPoint;
        ConnectionPermit place = socket.place();
        TlsConnection tls = new TlsConnection(
                endPoint, connector.getExecutor(), context.engine(), pool, connector.getByteBufferPool());
        tls.addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                place.handshaken();
            }
        });
        EndPoint decrypted = tls.getDecryptedEndPoint();
        decrypted.setConnection(actions.inner(decrypted, socket, step -> {
            if (place.isHandshaking()) {
                handshakes.execute(place.address(), step);
            } else {
                step.run();
            }
        }));
        return configure(tls, connector, endPoint);
    }
}
