package org.bellwire.itests;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A building: a broker, one running Bellwire, phones. */
final class Site implements AutoCloseable {

    private final Mosquitto broker;
    private final Distribution bellwire;

    private Site(Mosquitto broker, Distribution bellwire) {
        this.broker = broker;
        this.bellwire = bellwire;
    }

    /** A building where Bellwire does not run yet. */
    static Site prepared(String name) {
        var folder = Scratch.folder(name);
        Mosquitto broker = Mosquitto.running(folder);
        return new Site(broker, Distribution.unpack(folder, broker));
    }

    /** A building where neither Bellwire nor the broker runs yet; the broker will remember. */
    static Site withoutBroker(String name) {
        var folder = Scratch.folder(name);
        Mosquitto broker = Mosquitto.absentButRemembering(folder);
        return new Site(broker, Distribution.unpack(folder, broker));
    }

    static Site running(String name) {
        Site site = prepared(name);
        try {
            site.start();
            return site;
        } catch (RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** Starts Bellwire and waits until it is online. */
    void start() {
        bellwire.start();
        try (Listener listener = listener()) {
            listener.hears("bellwire/bridge/status", "online", Duration.ofSeconds(20));
        }
    }

    Mosquitto broker() {
        return broker;
    }

    Distribution bellwire() {
        return bellwire;
    }

    Listener listener() {
        return Listener.at(broker);
    }

    ActionUrlClient caller() {
        return bellwire.caller();
    }

    /** Adds phones while Bellwire runs, and waits until it knows them. */
    void add(PhoneFile... phones) {
        add(List.of(phones));
    }

    void add(List<PhoneFile> phones) {
        phones.forEach(bellwire::write);
        Set<String> topics =
                phones.stream().map(phone -> "bellwire/" + phone.id() + "/info").collect(Collectors.toSet());
        try (Listener listener = listener()) {
            Waits.atMost(Duration.ofSeconds(60), "phones " + topics)
                    .until(() -> listener.everything().stream()
                            .map(ReceivedMessage::topic)
                            .collect(Collectors.toSet())
                            .containsAll(topics));
        }
    }

    /** The vendors whose features run here. */
    Set<String> vendors() {
        try (Listener listener = listener()) {
            var names = listener.first("bellwire/bridge/info").json().getAsJsonArray("vendors");
            return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                    .map(i -> names.get(i).getAsString())
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        try {
            bellwire.close();
        } finally {
            broker.close();
        }
    }
}
