package org.bellwire.mqtt.connection;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads from the broker packet by packet. Paho allocates whatever a header promises, so it sees whole packets only, and none
 * that is large. Of a larger message Paho gets the beginning, so that it acknowledges it and the broker does not send it
 * again.
 */
final class PacketInputStream extends InputStream {

    /** A larger packet is cut. Commands have a few KB, see {@link IncomingFilter#MAX_BYTES}. */
    static final int MAX_PACKET = 64 << 10;

    /** What is kept of a larger message's payload: as much as {@link IncomingFilter} refuses with a reason. */
    private static final int KEPT = IncomingFilter.MAX_BYTES + 1;

    private static final int BUFFER = 8 << 10;
    /** Of the message that stands for one that Paho cannot read: a topic of nobody, and no payload. */
    private static final int SUBSTITUTE = 7;

    private final InputStream in;
    private final OwedAnswers exchange;
    private final Oversize oversize;
    private byte[] buffer = new byte[BUFFER];
    /** The next byte to hand on. */
    private int next;
    /** The end of what may be handed on; what has come of the next packet begins here. */
    private int ready;
    /** The end of what has come. */
    private int end;
    /** So many bytes are still to come of a message that is cut; -1: none is. */
    private long toSkip = -1;

    /** Hears of a message that is cut. */
    interface Oversize {
        void cut(String topic, long bytes);
    }

    PacketInputStream(InputStream in, OwedAnswers exchange, Oversize oversize) {
        this.in = in;
        this.exchange = exchange;
        this.oversize = oversize;
    }

    @Override
    public int available() throws IOException {
        return next < ready ? ready - next : in.available();
    }

    @Override
    public int read() throws IOException {
        while (next == ready) {
            takePacket();
        }
        return buffer[next++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (next == ready) {
            takePacket();
        }
        int count = Math.min(length, ready - next);
        System.arraycopy(buffer, next, bytes, offset, count);
        next += count;
        return count;
    }

    /** Makes the next packet ready, or nothing if it is to be left out. */
    private void takePacket() throws IOException {
        while (!PacketHead.hasHeader(buffer, ready, end)) {
            fill(PacketHead.MAX_HEADER);
        }
        PacketHead packet = PacketHead.read(buffer, ready);
        if (packet.isPublish()) {
            need(packet.header() + 2);
            PacketHead.read(buffer, ready).checkTopic();
        }
        if (packet.length() > MAX_PACKET) {
            takeLarge();
        } else {
            need((int) packet.length());
            handOn();
        }
    }

    private void takeLarge() throws IOException {
        need(PacketHead.read(buffer, ready).beforePayload());
        PacketHead packet = PacketHead.read(buffer, ready);
        int kept = (int) Math.min(packet.length(), packet.beforePayload() + KEPT);
        if (toSkip < 0) {
            oversize.cut(packet.shownTopic(), packet.length());
            toSkip = packet.length() - kept;
        }
        need(kept);
        skip(kept);
        shorten(PacketHead.read(buffer, ready), kept);
        handOn();
    }

    private void skip(int kept) throws IOException {
        int here = (int) Math.min(toSkip, end - ready - kept);
        System.arraycopy(buffer, ready + kept + here, buffer, ready + kept, end - ready - kept - here);
        end -= here;
        toSkip -= here;
        while (toSkip > 0) {
            if (end == buffer.length) {
                makeRoom(kept + BUFFER);
            }
            toSkip -= receive((int) Math.min(toSkip, buffer.length - end));
        }
        toSkip = -1;
    }

    /** Gives the packet a header that says what is kept of it, which is no longer than the one it had. */
    private void shorten(PacketHead packet, int kept) {
        int body = kept - packet.header();
        int header = headerLength(body);
        ready += packet.header() - header;
        buffer[ready] = buffer[packet.at()];
        for (int i = 1, left = body; i < header; i++, left >>= 7) {
            buffer[ready + i] = (byte) ((left & 0x7F) | (i < header - 1 ? 0x80 : 0));
        }
    }

    private static int headerLength(int body) {
        return body < 1 << 7 ? 2 : body < 1 << 14 ? 3 : 4;
    }

    /** The packet has come. Nobody can have asked for a topic that Paho cannot read. */
    private void handOn() throws IOException {
        PacketHead packet = PacketHead.read(buffer, ready);
        int length = (int) packet.length();
        if (!packet.isPublish() || packet.isTopicReadable()) {
            exchange.arrived(packet);
            next = ready;
        } else if (packet.qos() > 0) {
            exchange.arrived(packet);
            next = substitute(packet);
        } else {
            next = ready + length;
        }
        ready += length;
    }

    /** For Paho to acknowledge: a message of nobody with the same id. */
    private int substitute(PacketHead packet) {
        int id = packet.id();
        int at = ready + (int) packet.length() - SUBSTITUTE;
        byte[] substitute = {buffer[ready], SUBSTITUTE - 2, 0, 1, '-', (byte) (id >> 8), (byte) id};
        System.arraycopy(substitute, 0, buffer, at, SUBSTITUTE);
        return at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Waits until so many bytes of the packet have come. Where it begins in the buffer may change. */
    private void need(int bytes) throws IOException {
        while (end - ready < bytes) {
            fill(bytes);
        }
    }

    private void fill(int wanted) throws IOException {
        if (end == buffer.length || end - ready == 0) {
            makeRoom(wanted);
        }
        end += receive(buffer.length - end);
    }

    private int receive(int max) throws IOException {
        int count = in.read(buffer, end, max);
        if (count < 0) {
            throw new EOFException();
        }
        return count;
    }

    /** Moves what has come to the beginning. The buffer grows when it is full, and only then. */
    private void makeRoom(int wanted) {
        int kept = end - ready;
        int size = kept < BUFFER ? BUFFER : Math.max(kept + BUFFER, Math.min(2 * kept, wanted));
        byte[] room = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, ready, room, 0, kept);
        buffer = room;
        next = 0;
        ready = 0;
        end = kept;
    }
}
