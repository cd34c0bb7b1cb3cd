package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerSocketTest {

    @Test
    void a_writer_that_waits_for_what_never_comes_is_woken() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                BrokerSocket socket = new BrokerSocket(
                        new BrokerUrl(false, broker.getInetAddress().getHostAddress(), broker.getLocalPort()),
                        Optional.empty(),
                        TimeUnit.SECONDS.toNanos(10),
                        (topic, bytes) -> {})) {
            socket.connect(new InetSocketAddress(0), 1000);
            CountDownLatch written = new CountDownLatch(1);
            Thread sender = new Thread(() -> writeAndWait(socket, written), "sender");
            sender.setDaemon(true);
            sender.start();
            assertThat(written.await(5, TimeUnit.SECONDS)).isTrue();
            socket.wakeWriter();
            sender.join(5000);
            assertThat(sender.isAlive()).isFalse();
        }
    }

    private static void writeAndWait(BrokerSocket socket, CountDownLatch written) {
        try {
            socket.getOutputStream().write(new byte[] {1}, 0, 1);
            written.countDown();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
