package org.bellwire.api.port;

import java.util.Optional;

/** Who ordered a command. */
public sealed interface Origin {

    /** As the audit log names it. */
    String text();

    /** It may concern phones below this root topic only; empty: all phones. */
    default Optional<String> root() {
        return Optional.empty();
    }

    /** Somebody who published to a topic. */
    record Topic(org.bellwire.api.Topic topic) implements Origin {
        @Override
        public String text() {
            return topic.whole();
        }

        @Override
        public Optional<String> root() {
            return Optional.of(topic.root());
        }
    }

    /**
     * A trigger: whoever fired it stands in the trigger's own result.
     *
     * @param below the root topic of its site, as a {@link org.bellwire.api.Topic} has it
     */
    record Trigger(String id, String below) implements Origin {

        /** One of the gateway's own. */
        public Trigger(String id) {
            this(id, "");
        }

        @Override
        public String text() {
            return "trigger " + id;
        }

        @Override
        public Optional<String> root() {
            return Optional.of(below);
        }
    }

    /** Somebody at the web page, by the address that the request came from. */
    record Page(String address) implements Origin {
        @Override
        public String text() {
            return "console (" + address + ")";
        }
    }

    /**
     * Somebody at another gateway of the cluster, which could not carry it out itself.
     *
     * @param text as that gateway's audit log would name him, and where
     * @param root as {@link #root()}
     */
    record Remote(String text, Optional<String> root) implements Origin {}

    /** Somebody in the shell, which needs no broker. */
    enum Shell implements Origin {
        SHELL;

        @Override
        public String text() {
            return "shell";
        }
    }
}
