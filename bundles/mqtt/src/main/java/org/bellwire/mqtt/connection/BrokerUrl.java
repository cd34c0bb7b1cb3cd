package org.bellwire.mqtt.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the broker is.
 *
 * @param host a name or an address; IPv6 without brackets
 */
record BrokerUrl(boolean encrypted, String host, int port) {

    // Not java.net.URI: it knows no host with an underscore, which container networks like to have.
    private static final Pattern FORM =
            Pattern.compile("(tcp|ssl)://([\\p{L}\\p{N}._-]+|\\[[0-9a-fA-F:.%]+])(?::(\\d{1,5}))?/?");

    /** Too plain to hide a password, as {@code //user:secret:1883} or an encoded @ may. */
    private static final Pattern HARMLESS =
            Pattern.compile("([a-z]{0,8}:?/{0,2})?[\\p{L}\\p{N}._\\[\\]-]*(:\\d{0,6})?/?");

    /** Reads {@code tcp://host:port} or {@code ssl://host:port}. The message of a fault never repeats a password. */
    static BrokerUrl parse(String url) {
        Matcher matcher = FORM.matcher(url);
        if (url.contains("@") || url.contains("?")) {
            throw new IllegalArgumentException("must be without user and password: they have keys of their own");
        }
        if (!matcher.matches()) {
            String shown = HARMLESS.matcher(url).matches() ? ", not '" + url + "'" : "";
            throw new IllegalArgumentException("must be tcp://host:port or ssl://host:port" + shown);
        }
        boolean encrypted = matcher.group(1).equals("ssl");
        String port = matcher.group(3);
        int number = port == null ? (encrypted ? 8883 : 1883) : Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535, not " + port);
        }
        String host = matcher.group(2);
        return new BrokerUrl(encrypted, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, number);
    }

    /** The URL, as messages show it. */
    @Override
    public String toString() {
        return (encrypted ? "ssl://" : "tcp://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
