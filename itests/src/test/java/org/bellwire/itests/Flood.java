package org.bellwire.itests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a rate that does not care how fast they are answered: a connection for each, from a few addresses. Who offers is
 * late when the machine is; {@link #tell} says how much.
 */
final class Flood implements AutoCloseable {

    private static final int THREADS_OF_AN_ADDRESS = 6;
    private static final int PATIENCE_MS = 5_000;

    private final String run = UUID.randomUUID().toString();
    private final int port;
    private final int requests;
    private final long interval;
    private final long begin = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong lastOffered = new AtomicLong(begin);
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Set<Integer> promised = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private Flood(int port, int requests, int perSecond, int threads) {
        this.port = port;
        this.requests = requests;
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** Begins to send so many requests, of these phones in turn. */
    static Flood of(int requests, int perSecond, int port, List<PhoneFile> phones, List<InetAddress> addresses) {
        Flood flood = new Flood(port, requests, perSecond, addresses.size() * THREADS_OF_AN_ADDRESS);
        for (InetAddress address : addresses) {
            for (int i = 0; i < THREADS_OF_AN_ADDRESS; i++) {
                flood.threads.execute(() -> flood.send(address, phones));
            }
        }
        return flood;
    }

    private void send(InetAddress from, List<PhoneFile> phones) {
        int number = next.getAndIncrement();
        while (number < requests) {
            long early = begin + number * interval - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            lastOffered.accumulateAndGet(System.nanoTime(), Math::max);
            int status = answer(from, request(phones.get(number % phones.size()), number));
            if (status == 200) {
                promised.add(number);
            }
            answers.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
            number = next.getAndIncrement();
        }
    }

    private String request(PhoneFile phone, int number) {
        return "GET /action/htek/" + Distribution.TOKEN + "/Offhook?mac="
                + phone.keys().get("mac") + "&run=" + run + "&n=" + number + " HTTP/1.1\r\nConnection: close\r\n\r\n";
    }

    private int answer(InetAddress from, String request) {
        byte[] head = new byte[64];
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            int read = in.readNBytes(head, 0, head.length);
            return read < 12 ? Load.UNANSWERED : Integer.parseInt(new String(head, 9, 3, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Load.REFUSED;
        }
    }

    /** Waits until all are sent and answered, or were not. */
    void ends() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(120, TimeUnit.SECONDS)) {
                throw new AssertionError("the flood does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return next.get() >= requests;
    }

    /** Tells this flood's events from others: the value of their parameter {@code run}. */
    String run() {
        return run;
    }

    /** The numbers of the requests that were answered 200. */
    Set<Integer> promised() {
        return Set.copyOf(promised);
    }

    /** How many requests got each status; -1: no connection, 0: no answer. */
    Map<Integer, Integer> answers() {
        Map<Integer, Integer> counted = new TreeMap<>();
        answers.forEach((status, count) -> counted.put(status, count.get()));
        return counted;
    }

    /** Prints the figures. */
    void tell(String what) {
        System.out.printf(
                "figure: %s: %d requests offered in %.1f s, answers %s%n",
                what, requests, (lastOffered.get() - begin) / 1e9, answers());
    }

    @Override
    public void close() {
        next.set(requests);
        ends();
    }
}
