package org.bellwire.itests.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Counters;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.access.AccessSettings;
import org.bellwire.ingress.access.ActionTarget;
import org.bellwire.ingress.access.IngressPorts;
import org.bellwire.ingress.access.SiteToken;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.IngressFile;
import org.bellwire.ingress.http.Persistence;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.RequestParser;
import org.bellwire.ingress.http.ResponseBytes;
import org.bellwire.itests.Vendors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The vendors' samples of requests, mutated, through the reader of requests, the gate, the vendors' tables and the event desk to
 * a broker that looks at everything. {@code -Dbellwire.fuzz.seconds=600} goes on for longer, {@code -Dbellwire.fuzz.seed=1} goes another
 * way.
 */
class ActionUrlFuzzTest {

    /** So many executions show every event of every vendor, however slow the machine. */
    private static final long ENOUGH = 50_000;

    private static final long SECONDS = Long.getLong("bellwire.fuzz.seconds", 5);
    private static final long SEED = Long.getLong("bellwire.fuzz.seed", 97);
    private static final String SITE = "site-token-of-this-house-01";
    private static final Set<Integer> DOCUMENTED = Set.of(200, 202, 400, 404, 405, 414, 429, 431);
    private static final long MAX_GROWTH = 48L << 20;
    /** One for each answer that no sample gets. */
    private static final List<String> REFUSED = List.of(
            "GET /action/htek/" + SITE + "?mac=001fc11a8b6c HTTP/1.1\r\n\r\n",
            "GET /action/htek/" + SITE + "/Offhook?mac=001fc1999999 HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\n\r\n",
            "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");

    private static final Pattern MAC = Pattern.compile("[?&]mac=([0-9A-Fa-f:]{12,17})(?=[&]|$)");

    private final Random random = new Random(SEED);
    private final FuzzLog log = new FuzzLog();
    private final FuzzHouse house = new FuzzHouse();
    private final AccessControl gate;
    private final List<byte[]> samples = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Set<String> features = new TreeSet<>();
    private final Set<String> ways = new HashSet<>();

    ActionUrlFuzzTest() throws IOException {
        int number = 0;
        for (PhoneBinding vendor : Vendors.bindings()) {
            String id = vendor.info().id();
            List<String> targets = targets(id);
            house.add(
                    vendor,
                    "token",
                    own(id),
                    "host",
                    "10.0.0." + (10 + number),
                    "mac",
                    mac(targets, number),
                    "probe.s",
                    "0");
            addSamples(id, targets);
            number++;
        }
        words.add(SITE);
        AccessSettings settings = AccessSettings.read(Cfg.of(
                IngressFile.NAME,
                Map.of(
                        "rate.phone", "9999999/s, burst 9999999",
                        "rate.address", "9999999/s, burst 9999999",
                        "trusted.proxies", "127.0.0.1")));
        gate = new AccessControl(
                settings,
                new SiteToken(new Secret(SITE)),
                new IngressPorts(() -> Optional.of(house.events()), Optional::empty, () -> Counters.NONE));
    }

    private static String own(String vendor) {
        return "own-token-of-the-phone-" + vendor;
    }

    @AfterEach
    void close() {
        house.close();
        log.close();
    }

    /** What follows the token in each of the vendor's samples. */
    private static List<String> targets(String vendor) throws IOException {
        String begin = "/action/" + vendor + "/T";
        return Files.readAllLines(Vendors.folder(vendor).resolve("src/test/resources/samples/events.txt")).stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()))
                .toList();
    }

    /** The one of the samples, or any for a vendor whose phones tell none. */
    private static String mac(List<String> targets, int number) {
        return targets.stream()
                .map(MAC::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("0200000000%02x".formatted(number));
    }

    /** The vendor's samples, with the phone's own token and with the site's, in the charsets that phones use. */
    private void addSamples(String vendor, List<String> targets) {
        for (String rest : targets) {
            words.addAll(List.of(rest.split("[&?]")));
            add(
                    "GET /action/" + vendor + "/" + own(vendor) + rest,
                    " HTTP/1.1\r\nX-Forwarded-For: 10.0.0.12, 127.0.0.1\r\n\r\n");
            add("GET /action/" + vendor + "/" + SITE + rest, " HTTP/1.0\r\nConnection: close\r\n\r\n");
        }
    }

    private void add(String target, String rest) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            samples.add((target + rest).getBytes(charset));
        }
    }

    @Test
    void every_sample_is_accepted_unless_its_token_is_the_sites_and_its_phone_a_stranger() throws IOException {
        assertThat(samples).hasSizeGreaterThan(400);
        for (byte[] request : samples) {
            String text = new String(request, StandardCharsets.ISO_8859_1);
            boolean mayBeStranger = text.contains(SITE);
            assertThat(send(request, InetAddress.getByName("10.9.9.9")))
                    .as(text)
                    .isIn(List.of(200), mayBeStranger ? List.of(202) : List.of(200));
        }
        assertThat(log.take()).doesNotContain("ERROR");
    }

    @Test
    void no_request_does_harm() throws IOException {
        UrlMutator mutator = new UrlMutator(samples, words, random);
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long warm = System.nanoTime() + Duration.ofSeconds(SECONDS).dividedBy(3).toNanos();
        long used = 0;
        long executions = 0;
        for (byte[] request : samples) {
            execute(request, executions++);
        }
        for (String request : REFUSED) {
            execute(request.getBytes(StandardCharsets.US_ASCII), executions++);
        }
        while (System.nanoTime() < end || (executions < ENOUGH && hasUnseenEvents())) {
            byte[] bytes = mutator.next();
            if (ways.add(execute(bytes, executions++)) && ways.size() < 1_000_000) {
                mutator.keep(bytes);
            }
            if (used == 0 && System.nanoTime() > warm) {
                used = session();
            }
        }
        ways.clear();
        long grown = session() - used;
        System.out.printf(
                "figure: fuzz, seed %d: %d executions in %d s, answers %s, %d features, heap %+d KiB after the first third%n",
                SEED, executions, SECONDS, statuses, features.size(), grown / 1024);
        assertThat(grown).as("growth of memory").isLessThan(MAX_GROWTH);
        assertThat(statuses.keySet()).contains(200, 202, 400, 404, 405, 414, 431);
        for (PhoneBinding vendor : Vendors.bindings()) {
            assertThat(eventsOf(vendor))
                    .as(vendor.info().id())
                    .hasSizeGreaterThanOrEqualTo(vendor.events().events().size());
        }
    }

    private List<String> eventsOf(PhoneBinding vendor) {
        String begin = vendor.info().id() + "/event/";
        return features.stream().filter(feature -> feature.startsWith(begin)).toList();
    }

    private boolean hasUnseenEvents() {
        return Vendors.bindings().stream()
                .anyMatch(vendor ->
                        eventsOf(vendor).size() < vendor.events().events().size());
    }

    /** Sends bytes as one connection; yields which way they went. */
    private String execute(byte[] bytes, long execution) {
        boolean connected = random.nextInt(50) != 0;
        try {
            house.connect(connected);
            house.pass(Duration.ofMillis(random.nextInt(2000)));
            List<Integer> answers = send(bytes, peer());
            if (execution % 64 == 0) {
                house.connect(true);
                house.settle();
            }
            answers.forEach(status -> statuses.merge(status, 1L, Long::sum));
            String logged = log.take();
            assertThat(answers)
                    .as(logged)
                    .allMatch(status -> DOCUMENTED.contains(status) || (!connected && status == 503));
            assertThat(logged).doesNotContain("ERROR", "Exception", SITE, "own-token-");
            Set<String> published = house.published();
            features.addAll(published);
            return answers + " " + published;
        } catch (RuntimeException | AssertionError e) {
            String request = Base64.getEncoder().encodeToString(bytes);
            throw new AssertionError("seed " + SEED + ", execution " + execution + ": " + request, e);
        }
    }

    /** Reads as a connection does: in pieces, until an answer closes it. */
    private List<Integer> send(byte[] bytes, InetAddress peer) {
        List<Integer> answers = new ArrayList<>();
        RequestParser reader = new RequestParser();
        ByteBuffer buffer = ByteBuffer.allocate(RequestParser.CAPACITY);
        int sent = 0;
        while (sent < bytes.length) {
            int some = Math.min(1 + random.nextInt(random.nextBoolean() ? 20_000 : 50), bytes.length - sent);
            int piece = Math.min(buffer.remaining(), some);
            assertThat(piece).as("room in the buffer").isPositive();
            buffer.put(bytes, sent, piece).flip();
            sent += piece;
            Optional<RequestHead> head = buffer.hasRemaining() ? reader.read(buffer) : Optional.empty();
            while (head.isPresent()) {
                answers.add(answer(head.get(), peer));
                if (head.get().isRefused() || head.get().afterwards() == Persistence.CLOSE) {
                    return answers;
                }
                head = buffer.hasRemaining() ? reader.read(buffer) : Optional.empty();
            }
            buffer.compact();
        }
        return answers;
    }

    private int answer(RequestHead head, InetAddress peer) {
        String token = head.isRefused() ? "" : ActionTarget.parse(head.target()).token();
        house.keepSecret(token.equals(SITE) || token.startsWith("own-token-") ? token : "");
        int status = head.isRefused()
                ? head.refusal()
                : gate.pass(head, peer)
                        .toCompletableFuture()
                        .getNow(HttpAnswer.of(0))
                        .status();
        String line = new String(ResponseBytes.of(status, head.afterwards()).array(), StandardCharsets.US_ASCII);
        assertThat(line).startsWith("HTTP/1.1 " + status + " ");
        return status;
    }

    private InetAddress peer() {
        byte[] address = {10, 0, (byte) random.nextInt(4), (byte) random.nextInt(256)};
        int kind = random.nextInt(20);
        try {
            return kind == 0
                    ? InetAddress.getByName("203.0.113.9")
                    : kind == 1 ? InetAddress.getLoopbackAddress() : InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long session() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
