package org.bellwire.console.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;
import org.bellwire.api.port.BusStatistics;

/** How the figures of the bus grew in the last hour, each 10 s. */
public final class HourOfRates {

    public static final int STEP_S = 10;
    private static final int MOST = 3600 / STEP_S + 1;

    private final Deque<BusStatistics> samples = new ArrayDeque<>();

    /** To be called each {@value #STEP_S} s. */
    public synchronized void sample(BusStatistics now) {
        samples.add(now);
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
        for (BusStatistics sample : samples) {
            json.value(sample.spooled());
        }
        json.endArray();
    }

    private void growth(JsonWriter json, String name, ToLongFunction<BusStatistics> figure) throws IOException {
        json.name(name).beginArray();
        long before = -1;
        for (BusStatistics sample : samples) {
            long now = figure.applyAsLong(sample);
            if (before >= 0) {
                json.value(Math.max(0, now - before) / (double) STEP_S);
            }
            before = now;
        }
        json.endArray();
    }
}
