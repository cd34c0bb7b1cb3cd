package org.bellwire.homeassistant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.homeassistant.ConfigSender.Batch;
import org.bellwire.homeassistant.Transition.Outgoing;

/**
 * Brings what the broker keeps to what should stand there, device by device: those with news first, then all of which all is
 * to be said again. Of a device it remembers which entities were announced, not the texts, which are written when its turn
 * comes. All on its one thread, unless said otherwise.
 */
final class Announcer implements RetainedConfigs.Reader {

    /** What is gone may be about to come back: a bundle is restarted, or a file is written anew. */
    static final long GONE = TimeUnit.SECONDS.toNanos(2);
    /** After a start: who is not there by then is gone. */
    static final long PHONES_COME = TimeUnit.SECONDS.toNanos(5);

    static final long GROUPS_COME = TimeUnit.SECONDS.toNanos(30);

    /** After a take-over: the events that waited for it come first. */
    private static final long TAKEN_OVER = TimeUnit.SECONDS.toNanos(5);

    private static final long RETRY = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_MS = 500;
    /** In one go, of those of which there is nothing to say, such as other gateways' phones. */
    private static final int MOST_LOOKED_AT = 100;

    private final HomeDevices devices;
    private final BuildingTopics topics;
    private final ScheduledExecutorService thread;
    private final LongSupplier nanos;
    private final long started;
    private final ConfigSender sender;
    private final RetainedConfigs retained;
    private final Map<String, Standing> standing = new ConcurrentHashMap<>();
    /** What other threads have said: ids, and from when on they count. */
    private final Map<String, Long> incoming = new ConcurrentHashMap<>();

    private final Map<String, Long> later = new HashMap<>();
    private final Set<String> news = new LinkedHashSet<>();
    private final Set<String> again = new LinkedHashSet<>();
    private final Set<String> active = new HashSet<>();
    private final Deque<OldPrefix> old = new ArrayDeque<>();
    private volatile DiscoverySettings settings;
    private boolean hasRead;
    private boolean isReading;

    /** What stands of a device below a prefix that is no longer used. */
    private record OldPrefix(ConfigTopics topics, String id, Standing standing) {}

    Announcer(
            HomeDevices devices,
            BuildingTopics topics,
            ScheduledExecutorService thread,
            LongSupplier nanos,
            LimitLog limits) {
        this.devices = devices;
        this.topics = topics;
        this.thread = thread;
        this.nanos = nanos;
        started = nanos.getAsLong();
        settings = DiscoverySettings.DEFAULT;
        sender = new ConfigSender(topics, thread, nanos, this::next);
        retained = new RetainedConfigs(topics, thread, nanos, limits, this);
    }

    void start(DiscoverySettings first) {
        settings = first;
        thread.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Something of this device is new. Any thread. */
    void changed(String id) {
        incoming.put(id, nanos.getAsLong());
        sender.wake();
    }

    /** This device is gone, unless it comes back at once. Any thread. */
    void gone(String id) {
        incoming.put(id, nanos.getAsLong() + GONE);
    }

    void connected() {
        sender.connected(true);
        read();
        if (hasRead) {
            announceAll();
        }
    }

    void disconnected() {
        sender.connected(false);
        retained.stop();
        isReading = false;
    }

    /** Says everything again, as far as it is known by now what stands there. */
    void announceAll() {
        if (!hasRead) {
            return; // it comes when that is done
        }
        devices.ids().forEach(again::add);
        again.addAll(standing.keySet());
        sender.wake();
    }

    /** What came to this gateway is to be announced, and what left it is forgotten: another may announce it otherwise. */
    void ownersChanged() {
        if (!hasRead) {
            return;
        }
        Stream.concat(devices.ids(), standing.keySet().stream()).distinct().forEach(id -> {
            Standing known = standing.getOrDefault(id, Standing.NOTHING);
            if (known.digest() == 0) {
                later.putIfAbsent(id, nanos.getAsLong() + TAKEN_OVER);
            } else if (devices.elsewhere(id).isPresent()) {
                standing.put(id, known.plus(Standing.NOTHING));
            }
        });
    }

    void use(DiscoverySettings next) {
        DiscoverySettings before = settings;
        if (next.equals(before)) {
            return;
        }
        settings = next;
        if (!next.prefix().equals(before.prefix())) {
            ConfigTopics there = new ConfigTopics(before.prefix());
            standing.forEach((id, what) -> old.add(new OldPrefix(there, id, what)));
            standing.clear();
            hasRead = false;
            read();
        }
        announceAll();
    }

    /** Looks what the broker keeps, once all phones are there that will be. */
    private void read() {
        isReading = true;
        retained.stop();
        if (devices.isComplete()) {
            retained.read();
        } else {
            thread.schedule(
                    () -> {
                        if (isReading && !hasRead) {
                            read();
                        }
                    },
                    LOOK_MS,
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public ConfigTopics configs() {
        return new ConfigTopics(settings.prefix());
    }

    @Override
    public boolean isKnown(String component, String object) {
        if (settings.style() != DiscoveryStyle.COMPONENT) {
            return false;
        }
        for (EntityRow row : EntityTable.ROWS) {
            String end = "_" + row.object();
            if (row.component().equals(component) && object.endsWith(end)) {
                String id = object.substring(
                        ConfigTopics.OURS.length(),
                        Math.max(ConfigTopics.OURS.length(), object.length() - end.length()));
                Standing known = standing.getOrDefault(id, Standing.NOTHING);
                if ((known.single().known() & EntityTable.of(row.key())) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void found(FoundConfig config) {
        Standing before = standing.getOrDefault(config.device(), Standing.NOTHING);
        Standing both = before.plus(config.standing());
        if (!both.single().equals(before.single()) || !both.whole().equals(before.whole())) {
            standing.put(config.device(), both);
            news.add(config.device());
        }
    }

    @Override
    public void done() {
        isReading = false;
        boolean first = !hasRead;
        hasRead = true;
        if (first) {
            announceAll();
        }
        sender.wake();
    }

    /** What was to be looked at later may be due. */
    private void look() {
        long now = nanos.getAsLong();
        incoming.forEach((id, due) -> {
            if (incoming.remove(id, due)) {
                later.put(id, due);
            }
        });
        later.entrySet().removeIf(entry -> entry.getValue() - now <= 0 && news.add(entry.getKey()));
        later.keySet().removeAll(news);
        if (!news.isEmpty()) {
            sender.wake();
        }
    }

    /** What is to be said next. */
    private Optional<Batch> next() {
        OldPrefix gone = old.poll();
        if (gone != null) {
            List<Outgoing> messages = Transition.removal(gone.id(), gone.standing(), gone.topics());
            return Optional.of(new Batch(messages, () -> {}, () -> old.add(gone)));
        }
        if (!hasRead) {
            return Optional.empty();
        }
        look();
        for (int looked = 0; looked < MOST_LOOKED_AT; looked++) {
            boolean isNews = !again.contains(HomeDevice.BRIDGE) && !news.isEmpty(); // the others name it
            Set<String> those = isNews ? news : again;
            if (those.isEmpty()) {
                return Optional.empty();
            }
            String id = those.iterator().next();
            those.remove(id);
            Optional<Batch> batch = batch(id, !isNews);
            if (batch.isPresent()) {
                return batch;
            }
        }
        sender.wake(); // for the rest, after its own rest
        return Optional.empty();
    }

    private Optional<Batch> batch(String id, boolean always) {
        if (active.contains(id)) {
            later.put(id, nanos.getAsLong());
            return Optional.empty();
        }
        Standing before = standing.getOrDefault(id, Standing.NOTHING);
        Optional<HomeDevice> device = settings.style() == DiscoveryStyle.OFF ? Optional.empty() : devices.find(id);
        Optional<String> elsewhere = devices.elsewhere(id);
        if (elsewhere.isPresent()) {
            if (elsewhere.get().equals(PhoneStatus.NOBODY)) {
                later.put(id, nanos.getAsLong() + RETRY);
            }
            return Optional.empty();
        }
        return device.isPresent() ? announcement(device.get(), before, always) : removal(id, before);
    }

    private Optional<Batch> announcement(HomeDevice device, Standing before, boolean always) {
        DiscoveryStyle style = settings.style();
        List<Outgoing> messages =
                Transition.announcement(device, style, before, configs(), new ConfigJson(topics.root()));
        long digest = Transition.digest(messages);
        if (!always && digest == before.digest()) {
            return Optional.empty();
        }
        Standing after = Standing.of(device, style, digest);
        standing.put(device.id(), before.plus(after));
        return Optional.of(batch(device.id(), messages, () -> standing.put(device.id(), after)));
    }

    private Optional<Batch> removal(String id, Standing before) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        long patience = before.isGroup() ? GROUPS_COME : PHONES_COME;
        boolean mayCome = settings.style() != DiscoveryStyle.OFF
                && (!devices.isComplete() || nanos.getAsLong() - started < patience);
        if (mayCome) {
            later.put(id, nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            return Optional.empty();
        }
        return Optional.of(batch(id, Transition.removal(id, before, configs()), () -> standing.remove(id)));
    }

    private Batch batch(String id, List<Outgoing> messages, Runnable acknowledged) {
        active.add(id);
        String prefix = settings.prefix();
        return new Batch(
                messages,
                () -> {
                    active.remove(id);
                    if (prefix.equals(settings.prefix())) { // else it has been noted as standing below the old one
                        acknowledged.run();
                    }
                },
                () -> {
                    active.remove(id);
                    later.put(id, nanos.getAsLong() + RETRY);
                });
    }
}
