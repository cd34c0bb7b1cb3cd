package org.bellwire.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether anything accepts a TCP connection, for any number of phones at a time with one thread. */
final class Probes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final Names names;
    private final Scheduler timer;
    private final AsynchronousChannelGroup group;

    Probes(Names names, Scheduler timer) throws IOException {
        this.names = names;
        this.timer = timer;
        group = AsynchronousChannelGroup.withFixedThreadPool(1, task -> {
            Thread thread = new Thread(task, "bellwire-line-probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Completes with true when a connection came about in time. */
    CompletableFuture<Boolean> probe(String host, int port, int withinMs) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        Scheduler.Task end = timer.schedule(() -> reached.complete(false), withinMs, TimeUnit.MILLISECONDS);
        after(reached, end::cancel);
        names.resolve(host, port, new Promise<>() {
            @Override
            public void succeeded(List<InetSocketAddress> addresses) {
                connect(addresses.get(0), reached);
            }

            @Override
            public void failed(Throwable reason) {
                reached.complete(false);
            }
        });
        return reached;
    }

    private void connect(InetSocketAddress address, CompletableFuture<Boolean> reached) {
        AsynchronousSocketChannel channel;
        try {
            channel = AsynchronousSocketChannel.open(group);
        } catch (IOException | RuntimeException e) {
            reached.complete(false);
            return;
        }
        after(reached, () -> close(channel));
        try {
            channel.connect(address, reached, CONNECTED);
        } catch (RuntimeException e) {
            reached.complete(false);
        }
    }

    private static final CompletionHandler<Void, CompletableFuture<Boolean>> CONNECTED = new CompletionHandler<>() {
        @Override
        public void completed(Void nothing, CompletableFuture<Boolean> reached) {
            reached.complete(true);
        }

        @Override
        public void failed(Throwable reason, CompletableFuture<Boolean> reached) {
            reached.complete(false);
        }
    };

    private static void after(CompletionStage<Boolean> reached, Runnable task) {
        reached.whenComplete((yes, failure) -> task.run());
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a probe: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        group.shutdownNow();
    }
}
