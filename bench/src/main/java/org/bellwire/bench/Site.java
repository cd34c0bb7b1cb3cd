package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A broker, a Bellwire with its phones, and a subscriber, in a folder that is removed in the end. */
final class Site implements AutoCloseable {

    private final Path folder;
    private final Mosquitto broker;
    private final Bellwire bellwire;
    private final Phones phones;
    private final TopicSubscriber ear;
    private final Duration start;

    private Site(Path folder, Mosquitto broker, Bellwire bellwire, Phones phones, TopicSubscriber ear, Duration start) {
        this.folder = folder;
        this.broker = broker;
        this.bellwire = bellwire;
        this.phones = phones;
        this.ear = ear;
        this.start = start;
    }

    /**
     * Starts all of it.
     *
     * @param archive of the distribution; empty: what the build made
     * @param quick a broker without Nagle's algorithm
     * @param commandPort where the phones take commands
     */
    static Site start(String archive, Phones phones, boolean quick, int commandPort) {
        try {
            Path target = Files.createDirectories(Path.of("bench/target")).toAbsolutePath();
            Path folder = Files.createTempDirectory(target, "site-");
            Mosquitto broker = new Mosquitto(folder.resolve("mosquitto"), quick);
            broker.start();
            Bellwire bellwire = new Bellwire(folder, archive(archive), broker.url());
            bellwire.write(phones, commandPort);
            return started(folder, broker, bellwire, phones);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When it does not start the folder stays, to be looked at. */
    private static Site started(Path folder, Mosquitto broker, Bellwire bellwire, Phones phones) {
        TopicSubscriber ear = new TopicSubscriber(broker.url());
        try {
            Duration start = bellwire.start(phones);
            Site site = new Site(folder, broker, bellwire, phones, ear, start);
            site.awaitPhones();
            return site;
        } catch (RuntimeException e) {
            ear.close();
            throw e;
        }
    }

    private static Path archive(String name) throws IOException {
        if (!name.isEmpty()) {
            return Path.of(name).toAbsolutePath();
        }
        try (Stream<Path> files = Files.list(Path.of("karaf-assembly/target"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no distribution: run mvn -B -q -DskipTests package"))
                    .toAbsolutePath();
        }
    }

    /** All phones are known when an event of each has been accepted: their files are read in any order. */
    private void awaitPhones() {
        HttpCaller door = bellwire.door();
        for (int phone = 0; phone < phones.count(); phone++) {
            int number = phone;
            Programs.await(
                    "phone " + phones.id(phone) + " is known",
                    Duration.ofMinutes(2),
                    () -> door.knock(number, phones.target(number, "0-0")).isPromise());
        }
    }

    Mosquitto broker() {
        return broker;
    }

    Bellwire bellwire() {
        return bellwire;
    }

    Phones phones() {
        return phones;
    }

    /** From the start of the process to the first event that was accepted. */
    Duration startTime() {
        return start;
    }

    /** A load that this site's subscriber listens for. */
    Ledger ledger(int run, int events) {
        Ledger ledger = new Ledger(run, phones, events);
        ear.listenFor(ledger);
        return ledger;
    }

    Load load(Ledger ledger) {
        return new Load(bellwire.door(), ledger);
    }

    /** Ends all of it and removes the folder. */
    @Override
    public void close() {
        ear.close();
        bellwire.close();
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
