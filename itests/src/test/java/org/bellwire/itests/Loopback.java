package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses and ports of this machine that nobody else uses. */
final class Loopback {

    static final InetAddress LOCALHOST = address(0, 0, 1);

    private Loopback() {}

    /** An address of its own, as every phone has one. */
    static InetAddress anyAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return address(random.nextInt(1, 255), random.nextInt(256), random.nextInt(1, 255));
    }

    /**
     * A port for a program that cannot choose one itself: below those that the system gives to outgoing connections, of
     * which other tests open thousands before the program listens.
     */
    static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, LOCALHOST)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free port from 15000 to 31999");
    }

    /** The address 127.second.third.fourth. */
    static InetAddress address(int second, int third, int fourth) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) second, (byte) third, (byte) fourth});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
