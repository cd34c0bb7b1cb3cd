package org.bellwire.shell.local;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket in the instance's data folder. Only the instance's own user (and root) reaches it: the folder is closed before
 * the socket is there. A socket that a killed instance left behind is replaced.
 */
final class SocketFile {

    /** The system takes at most 107 bytes, on some systems 103. */
    private static final int MAX_PATH = 100;

    private static final int BACKLOG = 16;

    private final Path folder;
    private final Path socket;

    SocketFile(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.socket = this.folder.resolve("socket");
    }

    Path socket() {
        return socket;
    }

    ServerSocketChannel open() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(server);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void bind(ServerSocketChannel server) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH) {
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
        } else {
            bindThroughLink(server);
        }
    }

    /** A path too long for the system is reached through a link with a short one, which is needed for the bind only. */
    private void bindThroughLink(ServerSocketChannel server) throws IOException {
        Path detour = Files.createTempDirectory(Path.of("/tmp"), "bellwire");
        Path link = detour.resolve("d");
        try {
            Files.createSymbolicLink(link, folder);
            server.bind(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())), BACKLOG);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(detour);
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(socket);
    }
}
