package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.WireListener;
import org.jspecify.annotations.Nullable;

/** From the threads that speak with a phone to the one that writes the file. What has no room is lost, and counted. */
final class CaptureFeed implements WireListener {

    /** Of some 25 KB at most. */
    static final int MAX = 64;

    private final BlockingQueue<CapturedExchange> waiting = new ArrayBlockingQueue<>(MAX);
    private final AtomicLong lost = new AtomicLong();
    private final PhoneId phone;
    private final Clock clock;

    CaptureFeed(PhoneId phone, Clock clock) {
        this.phone = phone;
        this.clock = clock;
    }

    /** The next; empty: none came within a second. */
    Optional<CapturedExchange> next() throws InterruptedException {
        @Nullable CapturedExchange exchange = waiting.poll(1, TimeUnit.SECONDS);
        return Optional.ofNullable(exchange);
    }

    long lost() {
        return lost.get();
    }

    @Override
    public void reported(PhoneId from, byte[] request, int status) {
        add(from, true, request, "HTTP/1.1 " + status + "\r\n\r\n");
    }

    @Override
    public void answered(PhoneId from, byte[] request, byte[] answer) {
        add(from, false, request, new String(answer, ISO_8859_1));
    }

    private void add(PhoneId from, boolean report, byte[] request, String answer) {
        if (!from.equals(phone)) {
            return;
        }
        String asked = new String(request, ISO_8859_1);
        if (!waiting.offer(new CapturedExchange(clock.instant(), report, asked, answer))) {
            lost.incrementAndGet();
        }
    }
}
