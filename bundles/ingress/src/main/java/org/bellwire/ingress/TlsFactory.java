package org.bellwire.ingress;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** Hands out {@link ActionConnection}s that speak TLS. */
final class TlsFactory extends AbstractConnectionFactory {

    private final ByteBufferPool pool = new ArrayByteBufferPool();
    private final TlsContext context;
    private final ActionFactory actions;

    TlsFactory(TlsContext context, ActionFactory actions) {
        super("tls");
        this.context = context;
        this.actions = actions;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        TlsConnection tls = new TlsConnection(
                endPoint, connector.getExecutor(), context.engine(), pool, connector.getByteBufferPool());
        EndPoint decrypted = tls.getDecryptedEndPoint();
        decrypted.setConnection(actions.inner(connector, decrypted));
        return configure(tls, connector, endPoint);
    }
}
