package org.bellwire.core.event;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Site;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.PhoneRegistry;
import org.bellwire.core.registry.PhoneWatcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Finds the tokens of all sites and the phones' own tokens in a text, wherever they stand in it. How long that takes depends on the
 * text and on how many lengths tokens have, not on how many phones there are: a hash of each part that may be a token is
 * looked up.
 */
@Component(service = TokenFinder.class)
public final class TokenFinder implements PhoneWatcher {

    /** No token is shorter. */
    private static final int SHORTEST = 22;

    private static final long BASE = 0x100000001B3L;

    private final Map<String, String> byPhone = new ConcurrentHashMap<>();
    private final Map<Long, String> byHash = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> lengths = new ConcurrentSkipListMap<>();
    private final Optional<PhoneRegistry> registry;
    private Bus.Subscription sites = () -> {};
    private volatile Supplier<Optional<Secret>> site = Optional::empty;

    @Activate
    public TokenFinder(@Reference PhoneRegistry registry) {
        this.registry = Optional.of(registry);
    }

    /** Without phones. */
    public TokenFinder() {
        registry = Optional.empty();
    }

    @Activate
    public void open() {
        registry.ifPresent(phones -> {
            phones.watch(this);
            sites = phones.sites().watch(this::siteChanged);
            phones.sites().all().forEach(this::add);
        });
    }

    /** Ids of phones hold no blank, so that a site's name behind one stands for the site. */
    private static String keyOf(Site site) {
        return " " + site.id();
    }

    private void siteChanged(Optional<Site> before) {
        registry.ifPresent(phones -> {
            before.ifPresent(site -> forgetSafely(keyOf(site)));
            phones.sites().all().forEach(this::add);
        });
    }

    private synchronized void forgetSafely(String key) {
        forget(key);
    }

    private synchronized void add(Site site) {
        site.token().ifPresent(token -> put(keyOf(site), token.reveal()));
    }

    @Deactivate
    public void stop() {
        registry.ifPresent(phones -> phones.unwatch(this));
        sites.close();
    }

    /** Where to ask for the site's token. */
    public void site(Supplier<Optional<Secret>> token) {
        site = token;
    }

    @Override
    public synchronized void appeared(Phone phone) {
        forget(phone.id());
        phone.settings().token().map(Secret::reveal).ifPresent(token -> put(phone.id(), token));
    }

    private void put(String owner, String token) {
        forget(owner);
        byPhone.put(owner, token);
        byHash.put(hash(token, 0, token.length()), token);
        lengths.merge(token.length(), 1, Integer::sum);
    }

    @Override
    public synchronized void vanished(Phone phone) {
        forget(phone.id());
    }

    private void forget(String id) {
        Optional.ofNullable(byPhone.remove(id)).ifPresent(token -> {
            byHash.remove(hash(token, 0, token.length()), token);
            lengths.computeIfPresent(token.length(), (length, count) -> count > 1 ? count - 1 : null);
        });
    }

    /** The first token in the text. */
    public Optional<String> in(String text) {
        if (text.length() < SHORTEST) {
            return Optional.empty();
        }
        Optional<String> sites =
                site.get().map(Secret::reveal).filter(token -> !token.isEmpty() && text.contains(token));
        return sites.or(() -> lengths.isEmpty() ? Optional.empty() : ofPhones(text));
    }

    /** The text without its tokens. */
    public String without(String text) {
        String rest = text;
        Optional<String> token = in(rest);
        while (token.isPresent()) {
            rest = rest.replace(token.get(), "");
            token = in(rest);
        }
        return rest;
    }

    private Optional<String> ofPhones(String text) {
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isOfToken(text.charAt(i))) {
                Optional<String> found = i - begin < SHORTEST ? Optional.empty() : inRun(text, begin, i);
                if (found.isPresent()) {
                    return found;
                }
                begin = i + 1;
            }
        }
        return Optional.empty();
    }

    /** Looks at all parts of a run of characters that tokens are made of. */
    private Optional<String> inRun(String text, int begin, int end) {
        for (int length : lengths.keySet()) {
            if (length > end - begin) {
                break; // they are in order
            }
            long drop = 1;
            for (int i = 1; i < length; i++) {
                drop *= BASE;
            }
            long hash = hash(text, begin, begin + length);
            for (int at = begin; ; at++) {
                String token = byHash.get(hash);
                if (token != null && text.startsWith(token, at)) {
                    return Optional.of(token);
                }
                if (at + length == end) {
                    break;
                }
                hash = (hash - text.charAt(at) * drop) * BASE + text.charAt(at + length);
            }
        }
        return Optional.empty();
    }

    private static long hash(String text, int begin, int end) {
        long hash = 0;
        for (int i = begin; i < end; i++) {
            hash = hash * BASE + text.charAt(i);
        }
        return hash;
    }

    private static boolean isOfToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '-';
    }
}
