package org.bellwire.core.registry;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.Mac;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.port.Site;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSettings;

/** The phones that work, found by who they say they are; read by Jetty threads without a lock. */
public final class PhoneIndex {

    private final Map<String, Phone> byId = new ConcurrentHashMap<>();
    private final Map<TokenDigest, Phone> byToken = new ConcurrentHashMap<>();
    private final SitePhones own = new SitePhones();
    /** Of all other sites. */
    private final Map<SiteId, SitePhones> ofSites = new ConcurrentHashMap<>();

    /** Ids that a phone cannot have. */
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    private final Map<Phone, Set<InetAddress>> addresses = new ConcurrentHashMap<>();

    public Collection<Phone> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public Optional<Phone> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The phone of a site that says it has this id. */
    public Optional<Phone> byId(SiteId site, String id) {
        return byId(id).filter(phone -> phone.settings().site().equals(site));
    }

    public Optional<Phone> byMac(SiteId site, Mac mac) {
        return of(site).byMac(mac);
    }

    public Optional<Phone> byToken(String token) {
        return Optional.ofNullable(byToken.get(TokenDigest.of(token)));
    }

    /** The phone of a site at an address, if exactly one is configured with it. */
    public Optional<Phone> byHost(SiteId site, InetAddress address) {
        return of(site).byHost(address);
    }

    /** A phone of the site, or more than one, is configured with this address. */
    public boolean isHost(SiteId site, InetAddress address) {
        return of(site).isHost(address);
    }

    /** How many phones a site has. */
    public int count(SiteId site) {
        return of(site).count();
    }

    private SitePhones of(SiteId site) {
        return site.isOwn() ? own : ofSites.getOrDefault(site, SitePhones.NONE);
    }

    /** To put a phone of this site into. */
    private SitePhones home(Phone phone) {
        SiteId site = phone.settings().site();
        return site.isOwn() ? own : ofSites.computeIfAbsent(site, id -> new SitePhones());
    }

    /** Takes an id for what is no phone. */
    boolean take(String id) {
        return taken.add(id);
    }

    boolean giveBack(String id) {
        return taken.remove(id);
    }

    /** What another phone has already; {@code own} is the phone that these settings are to replace. */
    Optional<String> clash(PhoneSettings settings, Optional<Phone> own) {
        Optional<String> id = byId(settings.id().value())
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "file name: there is another configuration for this phone");
        Optional<String> mac = settings.mac()
                .flatMap(its -> byMac(settings.site(), its))
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "mac: phone '" + p.id() + "' has the same");
        Optional<String> token = settings.token()
                .flatMap(t -> byToken(t.reveal()))
                .filter(p -> !own.equals(Optional.of(p)))
                .map(p -> "token: phone '" + p.id() + "' has the same");
        Optional<String> group = Optional.of(settings.id().value())
                .filter(taken::contains)
                .map(there -> "file name: there is a group '" + there + "': give one of them another name");
        return group.or(() -> id).or(() -> mac).or(() -> token);
    }

    /** Why the site takes no further phone; {@code replaced} is the phone that is to be replaced. */
    Optional<String> tooMany(Site site, Optional<Phone> replaced) {
        boolean full = count(site.id()) >= site.maxPhones();
        return full
                        && replaced.filter(phone -> phone.site().id().equals(site.id()))
                                .isEmpty()
                ? Optional.of("site: '" + site.id() + "' has " + site.maxPhones()
                        + " phones already, as many as max.phones of its file lets it have")
                : Optional.empty();
    }

    /** Where the phone is, by its host: an address, or what a name was found to stand for. */
    public Set<InetAddress> addresses(Phone phone) {
        return addresses.getOrDefault(phone, Set.of());
    }

    /** Adds a phone, in the place of an older one of the same id without a moment between. */
    synchronized void add(Phone phone, Optional<Phone> older) {
        PhoneSettings settings = phone.settings();
        byId.put(phone.id(), phone);
        SitePhones home = home(phone);
        home.add(phone);
        settings.token().ifPresent(token -> byToken.put(TokenDigest.of(token.reveal()), phone));
        Set<InetAddress> here = older.filter(o -> o.settings().host().equals(settings.host()))
                .map(this::addresses)
                .orElseGet(() ->
                        settings.host().flatMap(IpLiteral::parse).map(Set::of).orElse(Set.of()));
        addresses.put(phone, here);
        Optional<Phone> there = older.filter(o -> o.settings().site().equals(settings.site()));
        here.forEach(address -> home.join(phone, there, address));
        older.ifPresent(this::remove);
    }

    /** The name that a phone has as its host stands for these addresses; true if that is news. */
    synchronized boolean locate(Phone phone, Set<InetAddress> now) {
        Set<InetAddress> before = addresses(phone);
        if (byId.get(phone.id()) != phone || before.equals(now)) {
            return false;
        }
        addresses.put(phone, now);
        SitePhones home = home(phone);
        now.forEach(address -> home.join(phone, Optional.empty(), address));
        before.stream().filter(address -> !now.contains(address)).forEach(address -> home.leave(phone, address));
        return true;
    }

    synchronized void remove(Phone phone) {
        PhoneSettings settings = phone.settings();
        byId.remove(phone.id(), phone);
        SitePhones home = home(phone);
        home.remove(phone);
        settings.token().ifPresent(token -> byToken.remove(TokenDigest.of(token.reveal()), phone));
        Optional.ofNullable(addresses.remove(phone))
                .ifPresent(all -> all.forEach(address -> home.leave(phone, address)));
    }
}
