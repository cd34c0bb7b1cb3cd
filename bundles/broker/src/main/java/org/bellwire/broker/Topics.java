package org.bellwire.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants what: a tree of topic levels. What stands first ({@code $}) is not for filters that begin with a wildcard.
 *
 * @param <S> a subscriber
 */
final class Topics<S> {

    private final Node<S> root = new Node<>();

    private static final class Node<S> {
        private final Map<String, Node<S>> below = new HashMap<>();
        private final Map<S, Integer> subscribers = new HashMap<>();

        private boolean isEmpty() {
            return below.isEmpty() && subscribers.isEmpty();
        }
    }

    static boolean isFilter(String filter) {
        List<String> levels = levels(filter);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean last = i == levels.size() - 1;
            boolean wildcard = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
            if (wildcard && (level.length() > 1 || (level.equals("#") && !last))) {
                return false;
            }
        }
        return !filter.isEmpty();
    }

    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        List<String> wanted = levels(filter);
        List<String> levels = levels(topic);
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equals("#")) {
                return true;
            }
            if (i == levels.size()
                    || !(wanted.get(i).equals("+") || wanted.get(i).equals(levels.get(i)))) {
                return false;
            }
        }
        return wanted.size() == levels.size();
    }

    void add(String filter, S subscriber, int qos) {
        Node<S> node = root;
        for (String level : levels(filter)) {
            node = node.below.computeIfAbsent(level, any -> new Node<>());
        }
        node.subscribers.put(subscriber, qos);
    }

    void remove(String filter, S subscriber) {
        remove(root, levels(filter), 0, subscriber);
    }

    private void remove(Node<S> node, List<String> levels, int depth, S subscriber) {
        if (depth == levels.size()) {
            node.subscribers.remove(subscriber);
            return;
        }
        Node<S> next = node.below.get(levels.get(depth));
        if (next != null) {
            remove(next, levels, depth + 1, subscriber);
            if (next.isEmpty()) {
                node.below.remove(levels.get(depth));
            }
        }
    }

    /** Names each subscriber once, with the best QoS of those of its filters that match. */
    void forEach(String topic, BiConsumer<S, Integer> action) {
        Map<S, Integer> found = new HashMap<>();
        collect(root, levels(topic), 0, topic.startsWith("$"), found);
        found.forEach(action);
    }

    private void collect(Node<S> node, List<String> levels, int depth, boolean reserved, Map<S, Integer> found) {
        boolean wildcards = !(reserved && depth == 0);
        if (wildcards) {
            take(node.below.get("#"), found);
        }
        if (depth == levels.size()) {
            take(node, found);
            return;
        }
        Node<S> exact = node.below.get(levels.get(depth));
        if (exact != null) {
            collect(exact, levels, depth + 1, reserved, found);
        }
        Node<S> any = wildcards ? node.below.get("+") : null;
        if (any != null) {
            collect(any, levels, depth + 1, reserved, found);
        }
    }

    private static <S> void take(@Nullable Node<S> node, Map<S, Integer> found) {
        if (node != null) {
            node.subscribers.forEach((subscriber, qos) -> found.merge(subscriber, qos, Math::max));
        }
    }

    private static List<String> levels(String topic) {
        List<String> levels = new ArrayList<>();
        int from = 0;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', from)) {
            levels.add(topic.substring(from, slash));
            from = slash + 1;
        }
        levels.add(topic.substring(from));
        return levels;
    }
}
