package org.bellwire.itests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;

/** Commands some phones that do harm again and again, and one that does not: that one carries out each. */
final class WellPhone implements Neighbour.Misdeed {

    private static final int EACH_MS = 500;
    private static final int PATIENCE_S = 12;

    private final String well;
    private final List<String> phones;
    private final Listener listener;
    private final AtomicInteger sent = new AtomicInteger();
    private final List<String> results = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private WellPhone(String well, List<String> hostile, Listener listener) {
        this.well = well;
        this.phones = new ArrayList<>(hostile);
        this.listener = listener;
        phones.add(well);
    }

    static WellPhone beside(List<String> hostile, String well, Site site) {
        WellPhone phone = new WellPhone(well, hostile, site.listener());
        phone.thread.scheduleAtFixedRate(phone::command, 0, EACH_MS, TimeUnit.MILLISECONDS);
        return phone;
    }

    private void command() {
        phones.forEach(phone -> listener.command(phone, "volume", "UP"));
        sent.incrementAndGet();
    }

    @Override
    public void close() {
        thread.shutdown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        String topic = "bellwire/" + well + "/result/volume";
        Waits.until("the last command is sent", thread::isTerminated);
        Waits.atMost(Duration.ofSeconds(PATIENCE_S + 5), "the results of the well phone")
                .until(() -> listener.all(topic).count() >= sent.get() || System.nanoTime() > end);
        listener.all(topic).map(ReceivedMessage::status).forEach(results::add);
        listener.close();
    }

    @Override
    public void judge(SoftAssertions promised, Balance balance) {
        promised.assertThat(results)
                .as("results of the phone that does no harm")
                .hasSize(sent.get())
                .containsOnly("accepted");
    }
}
