package org.bellwire.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Who wants what: filters without a wildcard by their text, the others in a tree of levels, which is walked level by level, never
 * by recursion. What stands first ({@code $}) is not for filters that begin with a wildcard.
 *
 * @param <S> a subscriber
 */
final class SubscriptionTree<S> {

    private final Map<String, Map<S, Integer>> exact = new HashMap<>();
    private final Node<S> root = new Node<>();
    private int nodes;

    private static final class Node<S> {
        private final Map<String, Node<S>> below = new HashMap<>(4);
        private final Map<S, Integer> subscribers = new HashMap<>(2);

        private boolean isEmpty() {
            return below.isEmpty() && subscribers.isEmpty();
        }
    }

    /** What of a topic or filter is more than is taken, if anything is. */
    static Optional<String> excess(String topic) {
        if (topic.length() > BrokerLimits.TOPIC_CHARACTERS) {
            return Optional.of(topic.length() + " characters; at most " + BrokerLimits.TOPIC_CHARACTERS + " are taken");
        }
        int levels = levelCount(topic);
        return levels > BrokerLimits.TOPIC_LEVELS
                ? Optional.of(levels + " levels; at most " + BrokerLimits.TOPIC_LEVELS + " are taken")
                : Optional.empty();
    }

    static int levelCount(String topic) {
        int levels = 1;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            levels++;
        }
        return levels;
    }

    static boolean isFilter(String filter) {
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            boolean alone = (i == 0 || filter.charAt(i - 1) == '/')
                    && (i == filter.length() - 1 || filter.charAt(i + 1) == '/');
            if ((c == '+' && !alone) || (c == '#' && (!alone || i < filter.length() - 1))) {
                return false;
            }
        }
        return !filter.isEmpty();
    }

    static boolean isWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        int at = 0;
        int from = 0;
        while (true) {
            int end = levelEnd(filter, at);
            int to = levelEnd(topic, from);
            if (filter.startsWith("#", at)) {
                return true;
            }
            boolean same = end - at == to - from && filter.regionMatches(at, topic, from, end - at);
            if (!same && !filter.startsWith("+", at)) {
                return false;
            }
            if (to == topic.length()) {
                return end == filter.length() || filter.startsWith("/#", end);
            }
            if (end == filter.length()) {
                return false;
            }
            at = end + 1;
            from = to + 1;
        }
    }

    private static int levelEnd(String topic, int from) {
        int slash = topic.indexOf('/', from);
        return slash < 0 ? topic.length() : slash;
    }

    /** How many nodes and filters without a wildcard there are. */
    int size() {
        return exact.size() + nodes;
    }

    void add(String filter, S subscriber, int qos) {
        if (!isWildcard(filter)) {
            exact.computeIfAbsent(filter, any -> new HashMap<>(2)).put(subscriber, qos);
            return;
        }
        Node<S> node = root;
        for (String level : levels(filter)) {
            node = node.below.computeIfAbsent(level, any -> {
                nodes++;
                return new Node<>();
            });
        }
        node.subscribers.put(subscriber, qos);
    }

    void remove(String filter, S subscriber) {
        if (!isWildcard(filter)) {
            exact.computeIfPresent(filter, (any, subscribers) -> {
                subscribers.remove(subscriber);
                return subscribers.isEmpty() ? null : subscribers;
            });
            return;
        }
        List<String> levels = levels(filter);
        List<Node<S>> path = new ArrayList<>(List.of(root));
        for (String level : levels) {
            Node<S> next = path.get(path.size() - 1).below.get(level);
            if (next == null) {
                return;
            }
            path.add(next);
        }
        path.get(levels.size()).subscribers.remove(subscriber);
        for (int i = levels.size(); i > 0 && path.get(i).isEmpty(); i--) {
            path.get(i - 1).below.remove(levels.get(i - 1));
            nodes--;
        }
    }

    /**
     * Names each subscriber once, with the best QoS of those of its filters that match.
     *
     * @return how many nodes were looked at and subscribers named: the work that it was
     */
    int forEach(String topic, BiConsumer<S, Integer> action) {
        Map<S, Integer> named = exact.getOrDefault(topic, Map.of());
        if (root.below.isEmpty()) {
            named.forEach(action);
            return 1 + named.size();
        }
        Map<S, Integer> found = new HashMap<>(named);
        int looked = collect(topic, found);
        found.forEach(action);
        return looked + found.size();
    }

    private int collect(String topic, Map<S, Integer> found) {
        int looked = 1;
        List<Node<S>> nodes = List.of(root);
        boolean wildcards = !topic.startsWith("$");
        for (String level : levels(topic)) {
            List<Node<S>> next = new ArrayList<>();
            for (Node<S> node : nodes) {
                if (wildcards) {
                    take(node, "#", found);
                    follow(node, "+", next);
                }
                follow(node, level, next);
            }
            looked += next.size();
            nodes = next;
            wildcards = true;
        }
        for (Node<S> node : nodes) {
            take(node, "#", found);
            merge(node, found);
        }
        return looked;
    }

    private static <S> void follow(Node<S> node, String level, List<Node<S>> next) {
        Node<S> below = node.below.get(level);
        if (below != null) {
            next.add(below);
        }
    }

    private static <S> void take(Node<S> node, String level, Map<S, Integer> found) {
        Node<S> below = node.below.get(level);
        if (below != null) {
            merge(below, found);
        }
    }

    private static <S> void merge(Node<S> node, Map<S, Integer> found) {
        node.subscribers.forEach((subscriber, qos) -> found.merge(subscriber, qos, Math::max));
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
