package org.bellwire.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Reports as phones do: each request on a fresh connection, from the phone's own address. */
final class HttpCaller {

    private static final int CONNECT_MS = 5_000;
    private static final int ANSWER_MS = 15_000;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final int port;

    HttpCaller(int port) {
        this.port = port;
    }

    /**
     * What came of a request.
     *
     * @param status 0: no answer
     * @param at when the answer came
     */
    record Answer(int status, long at) {

        /** The event will arrive. */
        boolean isPromise() {
            return status == 200;
        }
    }

    Answer knock(int phone, String target) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUser-Agent: Sangoma S505\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MS);
            socket.bind(new InetSocketAddress(Loopback.ofPhone(phone), 0));
            socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), CONNECT_MS);
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            return answer(socket.getInputStream());
        } catch (IOException e) {
            return new Answer(0, System.nanoTime());
        }
    }

    /** Reads to the end: the server closes the connection, as phones expect. */
    private static Answer answer(InputStream in) throws IOException {
        byte[] bytes = new byte[512];
        int length = in.readNBytes(bytes, 0, STATUS_AT + 3);
        long at = System.nanoTime();
        while (in.read(bytes, length, bytes.length - length) > 0) {
            length = STATUS_AT + 3;
        }
        return new Answer(
                length < STATUS_AT + 3 ? 0 : Integer.parseInt(new String(bytes, STATUS_AT, 3, ISO_8859_1)), at);
    }
}
