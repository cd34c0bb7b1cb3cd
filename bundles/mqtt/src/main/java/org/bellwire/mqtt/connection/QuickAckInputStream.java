package org.bellwire.mqtt.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Confirms what arrives to the broker's TCP at once (TCP_QUICKACK). Brokers as installed hold a small packet back until the
 * one before is confirmed (Nagle), and Linux waits up to 40 ms with that: together they delay every second acknowledgement.
 * Linux forgets the option after each read.
 */
final class QuickAckInputStream extends FilterInputStream {

    private final Socket tcp;
    private final boolean supported;

    /** Reads {@code in}, which comes over {@code tcp}, encrypted or not. */
    QuickAckInputStream(InputStream in, Socket tcp) {
        super(in);
        this.tcp = tcp;
        supported = tcp.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (supported) {
            tcp.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        return super.read(bytes, offset, length);
    }
}
