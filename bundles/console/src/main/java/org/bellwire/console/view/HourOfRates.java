package org.bellwire.console.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;
import org.bellwire.api.port.AckTimes;
import org.bellwire.api.port.BusStatistics;

/** How the figures of the bus grew in the last hour, each 10 s. */
public final class HourOfRates {

    public static final int STEP_S = 10;
    private static final int MOST = 3600 / STEP_S + 1;

    private record Sample(BusStatistics statistics, AckTimes acks) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** To be called each {@value #STEP_S} s. */
    public synchronized void sample(BusStatistics now, AckTimes acks) {
        samples.add(new Sample(now, acks));
        if (samples.size() > MOST) {
            samples.remove();
        }
    }

    /** Writes one list of figures for each kind, the oldest first. */
    synchronized void write(JsonWriter json) throws IOException {
        json.name("step_s").value(STEP_S);
        growth(json, "accepted", BusStatistics::accepted);
        growth(json, "published", BusStatistics::published);
        growth(json, "late", BusStatistics::late);
        growth(json, "refused", BusStatistics::refused);
        json.name("spooled").beginArray();
        for (Sample sample : samples) {
            json.value(sample.statistics().spooled());
        }
        json.endArray();
        latency(json);
    }

    /** Means of each step, in milliseconds; null where no event was acknowledged. */
    private void latency(JsonWriter json) throws IOException {
        json.name("latency_ms").beginArray();
        AckTimes before = AckTimes.NONE;
        boolean first = true;
        for (Sample sample : samples) {
            AckTimes now = sample.acks();
            long events = now.events() - before.events();
            if (!first && events > 0) {
                json.value(Math.round((now.nanos() - before.nanos()) / 1e4 / events) / 100.0);
            } else if (!first) {
                json.nullValue();
            }
            first = false;
            before = now;
        }
        json.endArray();
    }

    private void growth(JsonWriter json, String name, ToLongFunction<BusStatistics> figure) throws IOException {
        json.name(name).beginArray();
        long before = -1;
        for (Sample sample : samples) {
            long now = figure.applyAsLong(sample.statistics());
            if (before >= 0) {
                json.value(Math.max(0, now - before) / (double) STEP_S);
            }
            before = now;
        }
        json.endArray();
    }
}
