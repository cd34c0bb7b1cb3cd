package org.bellwire.ingress;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** Hands out {@link ActionConnection}s. */
final class ActionFactory extends AbstractConnectionFactory {

    private final Door door;
    private final Exchanges exchanges;

    ActionFactory(Door door, Exchanges exchanges) {
        super("action");
        this.door = door;
        this.exchanges = exchanges;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(inner(connector, endPoint), connector, endPoint);
    }

    /** One that is part of another connection, which is the one to be counted. */
    ActionConnection inner(Connector connector, EndPoint endPoint) {
        return new ActionConnection(endPoint, connector.getExecutor(), connector.getByteBufferPool(), door, exchanges);
    }
}
