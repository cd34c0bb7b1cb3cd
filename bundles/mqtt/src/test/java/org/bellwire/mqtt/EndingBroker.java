package org.bellwire.mqtt;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A broker whose first connection ends in one way at one moment, and which is well from the second on. */
final class EndingBroker implements AutoCloseable {

    /** How it ends. */
    enum Ending {
        FIN,
        RST,
        HALF_CLOSED,
        SILENT,
        DRIPPING,
        NEVER_READING,
        /** It does not answer what came at that moment, and all else. */
        FORGETFUL
    }

    /** At what moment. */
    enum Moment {
        BEFORE_CONNACK,
        BEFORE_SUBACK,
        IDLE,
        BEFORE_PUBACK,
        INSIDE_A_MESSAGE,
        FAREWELL
    }

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    private static final int PINGREQ = 12;
    /** The beginning of a message that never ends. */
    private static final byte[] ENDLESS = {0x30, (byte) 0xFF, (byte) 0xFF, 3, 0, 40, 'b', 'e', 'l', 'l'};

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Ending ending;
    private final Moment moment;
    private volatile boolean ended;

    EndingBroker(Ending ending, Moment moment) throws IOException {
        this.ending = ending;
        this.moment = moment;
        daemon(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** What was published and acknowledged, as {@code topic payload}. */
    List<String> published() {
        return published;
    }

    int connections() {
        return sockets.size();
    }

    /** It has ended its first connection. */
    boolean hasEnded() {
        return ended;
    }

    /** For the moments that nothing of the client's brings about. */
    void endNow() throws IOException {
        Socket first = sockets.get(0);
        if (moment == Moment.INSIDE_A_MESSAGE) {
            first.getOutputStream().write(ENDLESS);
        }
        end(first);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket socket = server.accept();
            sockets.add(socket);
            boolean first = sockets.size() == 1;
            daemon(() -> serve(socket, first));
        }
    }

    private void serve(Socket socket, boolean first) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int type = in.readUnsignedByte() >> 4;
            byte[] body = in.readNBytes(length(in));
            if (first && ended) {
                if (ending == Ending.NEVER_READING) {
                    return;
                } else if (ending == Ending.FORGETFUL) {
                    answer(type, body, socket.getOutputStream());
                }
            } else if (first && isMoment(type, body)) {
                end(socket);
            } else {
                answer(type, body, socket.getOutputStream());
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
        throw new EOFException();
    }

    private boolean isMoment(int type, byte[] body) {
        return switch (moment) {
            case BEFORE_CONNACK -> type == CONNECT;
            case BEFORE_SUBACK -> type == SUBSCRIBE;
            case BEFORE_PUBACK -> type == PUBLISH && topic(body).contains("/event/");
            case FAREWELL -> type == PUBLISH && text(body).endsWith(" offline");
            case IDLE, INSIDE_A_MESSAGE -> false;
        };
    }

    private void end(Socket socket) throws IOException {
        ended = true;
        switch (ending) {
            case FIN -> socket.close();
            case RST -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case HALF_CLOSED -> socket.shutdownOutput();
            case DRIPPING -> daemon(() -> drip(socket.getOutputStream()));
            case SILENT, NEVER_READING, FORGETFUL -> {
                // what is left out is the ending
            }
        }
    }

    private void drip(OutputStream out) throws IOException {
        int i = moment == Moment.INSIDE_A_MESSAGE ? ENDLESS.length : 0;
        try {
            while (!closed.await(100, TimeUnit.MILLISECONDS)) {
                out.write(i < ENDLESS.length ? ENDLESS[i] : 'x');
                i++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(int type, byte[] body, OutputStream out) throws IOException {
        switch (type) {
            case CONNECT -> out.write(new byte[] {0x20, 2, 0, 0});
            case SUBSCRIBE -> out.write(new byte[] {(byte) 0x90, 3, body[0], body[1], 1});
            case UNSUBSCRIBE -> out.write(new byte[] {(byte) 0xB0, 2, body[0], body[1]});
            case PINGREQ -> out.write(new byte[] {(byte) 0xD0, 0});
            case PUBLISH -> {
                published.add(text(body));
                int id = 2 + topicLength(body);
                out.write(new byte[] {0x40, 2, body[id], body[id + 1]});
            }
            default -> {
                // nothing to say
            }
        }
    }

    private static int topicLength(byte[] body) {
        return ((body[0] & 0xFF) << 8) + (body[1] & 0xFF);
    }

    private static String topic(byte[] body) {
        return new String(body, 2, topicLength(body), StandardCharsets.UTF_8);
    }

    private static String text(byte[] body) {
        int payload = 4 + topicLength(body);
        return topic(body) + " " + new String(body, payload, body.length - payload, StandardCharsets.UTF_8);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        Thread.currentThread().interrupt(); // the connection, or the test, is over
                    }
                },
                "ending-broker");
        thread.setDaemon(true);
        thread.start();
    }
}
