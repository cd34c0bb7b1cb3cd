package org.bellwire.console.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Who is logged in, and links that log in once. Both are kept by a hash, so that looking one up tells nothing by its time. */
public final class SessionTable {

    /** Logged out after so long without a request. */
    static final long IDLE = TimeUnit.HOURS.toNanos(1);
    /** Logged out after so long in any case. */
    static final long WHOLE = TimeUnit.HOURS.toNanos(12);
    /** A link that nobody used is none any more. */
    static final long LINK = TimeUnit.MINUTES.toNanos(10);

    static final int MOST = 100;
    private static final int RANDOM_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    private final Map<String, LiveSession> sessions = new LinkedHashMap<>();
    private final Map<String, Long> links = new LinkedHashMap<>();

    public SessionTable(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A session of somebody who has shown the token or a link. */
    public synchronized WebSession open() {
        WebSession session = new WebSession(random(), random());
        makeRoom(sessions);
        long now = nanos.getAsLong();
        sessions.put(hash(session.id()), new LiveSession(session, now, now));
        return session;
    }

    /** The session with this id, which is used now. */
    public synchronized Optional<WebSession> use(String id) {
        String key = hash(id);
        Optional<LiveSession> found = alive(key);
        found.ifPresent(live -> sessions.put(key, new LiveSession(live.session(), live.since(), nanos.getAsLong())));
        return found.map(LiveSession::session);
    }

    /** It is there still; asking does not make it last. */
    public synchronized boolean isAlive(String id) {
        return alive(hash(id)).isPresent();
    }

    private Optional<LiveSession> alive(String key) {
        long now = nanos.getAsLong();
        Optional<LiveSession> found = Optional.ofNullable(sessions.get(key));
        if (found.filter(live -> now - live.used() > IDLE || now - live.since() > WHOLE)
                .isPresent()) {
            sessions.remove(key);
            return Optional.empty();
        }
        return found;
    }

    public synchronized void close(String id) {
        sessions.remove(hash(id));
    }

    /** The token is another: nobody is logged in any more. */
    public synchronized void closeAll() {
        sessions.clear();
        links.clear();
    }

    /** What logs in once. */
    public synchronized String link() {
        String link = random();
        makeRoom(links);
        links.put(hash(link), nanos.getAsLong());
        return link;
    }

    /** Takes a link, which is none afterwards. */
    public synchronized boolean redeem(String link) {
        return Optional.ofNullable(links.remove(hash(link)))
                .filter(made -> nanos.getAsLong() - made <= LINK)
                .isPresent();
    }

    private static void makeRoom(Map<String, ?> table) {
        if (table.size() >= MOST) {
            table.remove(table.keySet().iterator().next());
        }
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private record LiveSession(WebSession session, long since, long used) {}
}
