package org.bellwire.itests;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What a bundle exports, as bnd compares it, and as lines: a kind of thing, what adding and removing it means, its name, below the
 * thing that it belongs to. As lines, for a change of the interface is to be read in a commit.
 */
final class ApiText {

    private static final String INDENT = "  ";
    /** Every class and every enum has them, from Java. */
    private static final Set<String> OF_JAVA = Set.of(
            "clone()",
            "compareTo(java.lang.Enum)",
            "compareTo(java.lang.Object)",
            "describeConstable()",
            "equals(java.lang.Object)",
            "finalize()",
            "getDeclaringClass()",
            "hashCode()",
            "ordinal()",
            "toString()");

    private record Node(Tree.Data data, List<Tree.Data> children) {}

    private ApiText() {}

    static Tree exportsOf(File bundle) throws Exception {
        try (Jar jar = new Jar(bundle)) {
            return tree(lines(new DiffPluginImpl().tree(jar).get("<api>")));
        }
    }

    static List<String> lines(Tree tree) {
        List<String> lines = new ArrayList<>();
        Deque<Integer> depths = new ArrayDeque<>(List.of(0));
        Deque<Tree> open = new ArrayDeque<>(List.of(tree));
        while (!open.isEmpty()) {
            Tree next = open.pop();
            int depth = depths.pop();
            lines.add(INDENT.repeat(depth) + next.getType() + " " + next.ifAdded() + " " + next.ifRemoved() + " "
                    + next.getName());
            Tree[] children = next.getChildren();
            for (int i = children.length - 1; i >= 0; i--) {
                if (!OF_JAVA.contains(children[i].getName())) {
                    open.push(children[i]);
                    depths.push(depth + 1);
                }
            }
        }
        return lines;
    }

    static Tree tree(List<String> lines) throws Exception {
        Deque<Node> above = new ArrayDeque<>();
        Node root = node(lines.get(0));
        above.push(root);
        for (String line : lines.subList(1, lines.size())) {
            int depth = (line.length() - line.stripLeading().length()) / INDENT.length();
            while (above.size() > depth) {
                close(above.pop());
            }
            Node node = node(line.strip());
            above.element().children().add(node.data());
            above.push(node);
        }
        above.forEach(ApiText::close);
        return new DiffPluginImpl().deserialize(root.data());
    }

    private static void close(Node node) {
        node.data().children = node.children().toArray(Tree.Data[]::new);
    }

    private static Node node(String line) {
        String[] words = line.split(" ", 4);
        Tree.Data data = new Tree.Data();
        data.type = Type.valueOf(words[0]);
        data.add = Delta.valueOf(words[1]);
        data.rem = Delta.valueOf(words[2]);
        data.name = words[3];
        return new Node(data, new ArrayList<>());
    }
}
