package org.bellwire.broker;

import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection that has come. */
record AcceptedChannel(SocketChannel channel, SelectionKey key, InetAddress address) {}
