package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Addresses and ports of this machine. */
final class Loopback {

    static final InetAddress LOCALHOST = address(0);

    private Loopback() {}

    /** The address of a phone: each has its own. */
    static InetAddress ofPhone(int phone) {
        return address((1 << 16) + phone);
    }

    /** A port for a program that cannot choose one itself. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, LOCALHOST)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress address(int number) {
        int host = number + 1;
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) (host >> 16), (byte) (host >> 8), (byte) host});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
