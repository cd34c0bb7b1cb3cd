package org.bellwire.simulator;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bellwire.api.Mac;
import org.bellwire.api.Scheme;
import org.bellwire.api.config.Secret;

/**
 * One simulated phone.
 *
 * @param phone the phone's id in Bellwire
 * @param address where it listens and reports from: a loopback address
 * @param port 0: any; empty: the vendor's
 * @param scheme empty: the vendor's
 * @param behaviour how it behaves
 */
public record Profile(
        String phone,
        InetAddress address,
        OptionalInt port,
        Optional<Scheme> scheme,
        Credentials credentials,
        Identity identity,
        Behaviour behaviour) {

    /** What the phone asks for; where all of it is empty it asks for nothing. */
    public record Credentials(Optional<String> user, Optional<Secret> password, Optional<Secret> apiToken) {
        public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

        public static Credentials password(String user, String password) {
            return new Credentials(Optional.of(user), Optional.of(new Secret(password)), Optional.empty());
        }

        public static Credentials token(String token) {
            return new Credentials(Optional.empty(), Optional.empty(), Optional.of(new Secret(token)));
        }
    }

    /** Who the phone is: its MAC address, its own number and its account. */
    public record Identity(Mac mac, String number, String account) {
        /** A MAC address made from the phone's address, and number 100. */
        public static Identity of(InetAddress address) {
            StringBuilder digits = new StringBuilder("0200");
            byte[] bytes = address.getAddress();
            for (int i = bytes.length - 4; i < bytes.length; i++) {
                digits.append(String.format("%02x", bytes[i]));
            }
            return new Identity(new Mac(digits.toString()), "100", "1");
        }
    }

    /**
     * How the phone behaves.
     *
     * @param answerMs how long it takes to answer a request
     * @param connectMs how long it takes until somebody who was dialled answers
     */
    public record Behaviour(Set<Quirk> quirks, int answerMs, int connectMs) {
        public static final Behaviour PLAIN = new Behaviour(Set.of(), 0, 1500);

        public Behaviour {
            quirks = Set.copyOf(quirks);
        }
    }

    public Profile {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("a simulated phone lives on a loopback address only");
        }
    }

    /** A phone on any port, that asks for nothing. */
    public static Profile at(String phone, InetAddress address) {
        return new Profile(
                phone,
                address,
                OptionalInt.of(0),
                Optional.empty(),
                Credentials.NONE,
                Identity.of(address),
                Behaviour.PLAIN);
    }

    public Profile asking(Credentials wanted) {
        return new Profile(phone, address, port, scheme, wanted, identity, behaviour);
    }

    public Profile behaving(Behaviour how) {
        return new Profile(phone, address, port, scheme, credentials, identity, how);
    }
}
