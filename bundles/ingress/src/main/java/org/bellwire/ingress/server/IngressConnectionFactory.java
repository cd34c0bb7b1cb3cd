package org.bellwire.ingress.server;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** Hands out {@link IngressConnection}s. */
final class IngressConnectionFactory extends AbstractConnectionFactory {

    private final ConnectionContext context;

    IngressConnectionFactory(ConnectionContext context) {
        super("action");
        this.context = context;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(inner(endPoint, (PhoneEndPoint) endPoint, Runnable::run), connector, endPoint);
    }

    /** One that is part of another connection, which is the one to be counted. */
    IngressConnection inner(EndPoint endPoint, PhoneEndPoint socket, Executor readers) {
        return new IngressConnection(endPoint, socket, readers, context);
    }
}
