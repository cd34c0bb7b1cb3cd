package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses and ports of this machine that nobody else uses. */
final class Loopback {

    static final InetAddress LOCALHOST = address(0, 0, 1);

    private static final Reserved RESERVED = Reserved.none();

    private Loopback() {}

    /** An address of its own, as every phone has one. */
    static InetAddress anyAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return address(random.nextInt(1, 255), random.nextInt(256), random.nextInt(1, 255));
    }

    /**
     * A port for a program that cannot choose one itself: below those that the system gives to outgoing connections, of
     * which other tests open thousands before the program listens. Nobody else gets it, neither in this JVM nor in one
     * that tests beside it: between the choice and the program's listening it looks free to everybody.
     */
    static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            if (reserve(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from 15000 to 31999");
    }

    /** Locks the port's byte in a file that all tests of a build share; the system lets it go when the JVM ends. */
    private static synchronized boolean reserve(int port) {
        try {
            FileLock lock = RESERVED.file.tryLock(port, 1, false);
            return lock != null && RESERVED.locks.add(lock);
        } catch (OverlappingFileLockException e) {
            return false; // by a test in this JVM
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, LOCALHOST)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The ports that this JVM has given out. {@code locks} keeps them: a lock that nobody refers to is forgotten. */
    private record Reserved(FileChannel file, Set<FileLock> locks) {

        static Reserved none() {
            try {
                return new Reserved(
                        FileChannel.open(Scratch.file("ports"), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        new HashSet<>());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
