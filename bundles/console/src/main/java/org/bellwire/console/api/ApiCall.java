package org.bellwire.console.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;

/**
 * One thing that can be asked for.
 *
 * @param path as in the API's description, such as {@code /api/phones/{id}}
 * @param answer given what stands in the place of the names in braces
 */
record ApiCall(String method, String path, BiFunction<PageRequest, List<String>, CompletionStage<WebAnswer>> answer) {

    private List<String> parts() {
        return List.of(path.substring(1).split("/"));
    }

    boolean isAt(List<String> segments) {
        List<String> parts = parts();
        if (parts.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).startsWith("{") && !parts.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    List<String> names(List<String> segments) {
        List<String> parts = parts();
        return java.util.stream.IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).startsWith("{"))
                .mapToObj(segments::get)
                .toList();
    }
}
