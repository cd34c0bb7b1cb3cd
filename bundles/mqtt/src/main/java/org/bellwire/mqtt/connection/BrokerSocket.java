package org.bellwire.mqtt.connection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The socket that Paho gets, encrypted or not; Paho is told of plain TCP in both cases. Closing it closes the TCP socket below
 * at once, where an SSLSocket waits for a write that hangs.
 *
 * <p>Nothing is read before the first write: a broker that hangs up at once would else end Paho's receiver before Paho has seen
 * it run, and Paho's connecting thread waits for that without an end.
 */
final class BrokerSocket extends Socket {

    private static final int FIRST_WRITE_S = 10;

    private final Socket tcp = new Socket();
    private final CountDownLatch written = new CountDownLatch(1);
    private final BrokerUrl broker;
    private final Optional<SSLSocketFactory> tls;
    private final PacketInputStream.Oversize oversize;
    private final OwedAnswers exchange;
    private volatile Socket stream = tcp;
    private volatile Optional<Thread> writer = Optional.empty();

    /**
     * Connects later.
     *
     * @param patience nanoseconds that the broker may leave a ping or our answers waiting while it sends
     * @param oversize hears of messages that are cut because they are too large
     */
    BrokerSocket(BrokerUrl broker, Optional<SSLSocketFactory> tls, long patience, PacketInputStream.Oversize oversize) {
        this.broker = broker;
        this.tls = tls;
        this.oversize = oversize;
        exchange = new OwedAnswers(patience, tcp::isClosed);
    }

    @Override
    public void connect(SocketAddress ignored, int timeoutMs) throws IOException {
        InetSocketAddress address = new InetSocketAddress(broker.host(), broker.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(broker.host());
        }
        tcp.setTcpNoDelay(true);
        tcp.connect(address, timeoutMs);
        if (tls.isPresent()) {
            tcp.setSoTimeout(timeoutMs);
            stream = handshake(tls.get());
        }
    }

    private Socket handshake(SSLSocketFactory factory) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(tcp, broker.host(), broker.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(
                new PacketInputStream(new QuickAckInputStream(stream.getInputStream(), tcp), exchange, oversize));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(stream.getOutputStream());
    }

    /**
     * Ends Paho's sender, once the connection is over. Paho tells it to stop, but the word is lost when it comes between the
     * sender's look at its state and its wait for messages; it would then wait for ever.
     */
    void wakeWriter() {
        writer.ifPresent(Thread::interrupt);
    }

    @Override
    public synchronized void setSoTimeout(int timeoutMs) throws SocketException {
        stream.setSoTimeout(timeoutMs);
    }

    @Override
    public synchronized void close() throws IOException {
        tcp.close();
    }

    private final class Input extends FilterInputStream {
        private boolean open;

        Input(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            awaitFirstWrite();
            return super.available();
        }

        @Override
        public int read() throws IOException {
            awaitFirstWrite();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            awaitFirstWrite();
            return super.read(bytes, offset, length);
        }

        private void awaitFirstWrite() throws IOException {
            if (open) {
                return;
            }
            try {
                open = written.await(FIRST_WRITE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    /** Paho flushes after each packet. */
    private final class Output extends FilterOutputStream {
        private int first = -1;

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (written.getCount() > 0) {
                writer = Optional.of(Thread.currentThread()); // one thread of Paho's writes all
                written.countDown();
            }
            if (first < 0 && length > 0) {
                first = bytes[offset] & 0xFF;
                exchange.writing(first);
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            if (first >= 0) {
                exchange.written(first);
            }
            first = -1;
        }
    }
}
