package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the running instance whether phones' reports are accepted, at its port for probes. */
final class Health {

    private static final String FILE = "org.bellwire.console.cfg";
    private static final int PATIENCE_MS = 5_000;
    private static final int MAX_ANSWER = 64 << 10;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final URL url;
    private final PrintStream out;

    private Health(URL url, PrintStream out) {
        this.url = url;
        this.out = out;
    }

    /** Finds the port where the instance's configuration says that it is. */
    static Health of(Installation instance, PrintStream out) throws IOException, Refused {
        String host = instance.key(FILE, "host").orElse("127.0.0.1");
        String port = instance.key(FILE, "port").orElse("8181");
        if (!port.matches("[0-9]{1,5}") || host.startsWith("$[")) {
            throw Refused.because(FILE + ": host and port must stand there as they are, to be found from outside");
        }
        String reached = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String shown = reached.contains(":") ? "[" + reached + "]" : reached;
        return new Health(URI.create("http://" + shown + ":" + port + "/health").toURL(), out);
    }

    /** Shows the answer and tells whether it is a good one; asks again until it is, at most so long. */
    boolean isWell(Duration atMost) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            Answer answer = ask();
            boolean over = System.nanoTime() - begin >= atMost.toNanos();
            if (answer.well() || over) {
                out.println(answer.text());
                return answer.well();
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private record Answer(boolean well, String text) {}

    private Answer ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            int status = connection.getResponseCode();
            try (InputStream in = Optional.ofNullable(
                            status < 400 ? connection.getInputStream() : connection.getErrorStream())
                    .orElse(InputStream.nullInputStream())) {
                String text = new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8).strip();
                return new Answer(status == 200, text.startsWith("{") ? text : noReport(status));
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return new Answer(false, url + " does not answer: " + e.getMessage());
        }
    }

    /** The port is open before the bundle that reports is: an error page of the web server tells nobody anything. */
    private String noReport(int status) {
        return url + " answers " + status + " without a report: Bellwire is still starting ('bellwire health --wait 60'"
                + " waits for it), or another program has this port (port in etc/" + FILE + ")";
    }
}
