package org.bellwire.shell.local;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * What {@code bin/bellwire} starts: hands one command to the running instance and shows what comes back. Runs outside the
 * container, with nothing but the JDK and this bundle's jar. Ctrl-C ends it, and the instance ends the command then.
 */
public final class CommandClient {

    /** The instance is not running, or not reachable for this user. */
    static final int NO_INSTANCE = 3;

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final OutputStream out;
    private final PrintStream err;

    CommandClient(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * The socket, the terminal's columns (0: no terminal), {@code colours} or {@code plain}, the folder that the user is in, the words
     * of the command.
     */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments).subList(4, arguments.length);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
        int status = new CommandClient(new FileOutputStream(FileDescriptor.out), err)
                .run(arguments[0], request(arguments, words));
        Runtime.getRuntime().halt(status);
    }

    private static CommandProtocol.Request request(String[] arguments, List<String> words) {
        return new CommandProtocol.Request(
                Integer.parseInt(arguments[1]), arguments[2].equals("colours"), arguments[3], words);
    }

    /** The command's exit status, or one of this class. */
    int run(String socket, CommandProtocol.Request request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                return fail(NO_INSTANCE, whyNot(e));
            }
            send(channel, request);
            return show(channel);
        } catch (CommandProtocol.Garbled e) {
            return fail(USAGE, e.reason());
        } catch (EOFException e) {
            return fail(NO_INSTANCE, "the instance ended before the command did");
        } catch (IOException e) {
            return fail(FAILED, e.toString());
        }
    }

    /** An instance that does not listen says why; that counts. */
    private static void send(SocketChannel channel, CommandProtocol.Request request) throws IOException {
        byte[] message = CommandProtocol.encode(request);
        try {
            CommandProtocol.write(channel, message);
        } catch (IOException e) {
            return;
        }
    }

    private int show(SocketChannel channel) throws IOException {
        while (true) {
            ByteBuffer head = CommandProtocol.frameHead(channel);
            byte kind = head.get();
            int length = head.getInt();
            if (kind == CommandProtocol.EXIT) {
                return length;
            }
            byte[] bytes = CommandProtocol.read(channel, length).array();
            try {
                (kind == CommandProtocol.OUT ? out : err).write(bytes);
            } catch (IOException e) {
                // Nobody reads on, as in 'bin/bellwire phone:list | head -1': no fault worth a word.
                return FAILED;
            }
        }
    }

    private static String whyNot(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Permission denied")
                ? "this instance belongs to another user: run this as that user, or as root"
                : "the instance is not running: start it with " + System.getProperty("bellwire.start", "bin/start")
                        + " (" + message + ")";
    }

    private int fail(int status, String message) {
        err.println("bellwire: " + message);
        return status;
    }
}
