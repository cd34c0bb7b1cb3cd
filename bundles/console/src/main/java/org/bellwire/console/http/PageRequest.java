package org.bellwire.console.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request.
 *
 * @param path decoded, by its segments
 * @param header by name; the first counts
 * @param query decoded, by name; the first counts
 * @param peer the address that it came from
 * @param body bounded; empty where there is none
 */
public record PageRequest(
        String method,
        List<String> path,
        Function<String, Optional<String>> header,
        Function<String, Optional<String>> query,
        String peer,
        String body) {

    public PageRequest {
        path = List.copyOf(path);
    }

    public Optional<String> header(String name) {
        return header.apply(name);
    }

    public Optional<String> query(String name) {
        return query.apply(name).filter(value -> !value.isBlank());
    }

    /** It asks and changes nothing. */
    public boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The path as it stands in a URL, without the slash before it. */
    public String joined() {
        return String.join("/", path);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "PageRequest[" + method + " /" + joined() + " from " + peer + "]";
    }
}
