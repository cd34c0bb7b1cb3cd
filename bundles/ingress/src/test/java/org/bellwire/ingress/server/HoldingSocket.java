package org.bellwire.ingress.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection whose bytes can be kept back, to be sent in other portions than they were written in. */
public final class HoldingSocket extends Socket {

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holds;

    public HoldingSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends nothing from now on; returns how many bytes wait. */
    public int hold() {
        holds = true;
        return held.size();
    }

    /** Sends the first of the bytes that wait. */
    public void letGo(int bytes) throws IOException {
        byte[] all = held.toByteArray();
        held.reset();
        held.write(all, bytes, all.length - bytes);
        super.getOutputStream().write(all, 0, bytes);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream through = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                (holds ? held : through).write(bytes, from, count);
            }
        };
    }
}
