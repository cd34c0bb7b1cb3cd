package org.bellwire.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.NumberText;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Cfg;

/**
 * A trigger's file, validated.
 *
 * @param fire what fires it; empty: HTTP and the shell only
 * @param cancel what ends what it started; empty: HTTP and the shell only
 * @param phones the ids of phones and groups
 * @param dial the numbers, in order; empty: it has a command
 * @param ringSeconds how long one number is tried
 * @param site of which tenant it and its phones are
 */
record TriggerSettings(
        PhoneId id,
        Optional<TopicMatch> fire,
        Optional<TopicMatch> cancel,
        List<PhoneId> phones,
        List<DialNumber> dial,
        int ringSeconds,
        int rounds,
        Optional<String> command,
        String value,
        int cooldownSeconds,
        SiteId site) {

    private static final int MAX_PHONES = 100;
    private static final int MAX_NUMBERS = 20;
    private static final int MAX_VALUE = 256;
    /** Commands that no vendor of today's has: a file may name them before a door station's feature is there. */
    private static final Set<String> OF_OTHER_DEVICES =
            Set.of("open", "refresh", "call_waiting", "forward_always", "forward_busy", "forward_no_answer");

    TriggerSettings {
        phones = List.copyOf(phones);
        dial = List.copyOf(dial);
    }

    /**
     * A topic and what has to come there.
     *
     * @param payload as it has to be but for white space around it; empty: any
     */
    record TopicMatch(String topic, String payload) {

        boolean fits(String arrived) {
            return payload.isEmpty() || payload.equals(arrived.strip());
        }
    }

    /**
     * Reads a trigger's file.
     *
     * @param root of Bellwire's own topics
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static TriggerSettings parse(String file, PhoneId id, Map<String, ?> properties, String root) {
        Cfg cfg = Cfg.of(file, properties);
        Optional<TopicMatch> fire = match(cfg, "topic", "payload", root);
        Optional<TopicMatch> cancel = match(cfg, "cancel.topic", "cancel.payload", root);
        if (fire.isPresent() && fire.equals(cancel)) {
            cfg.fault("cancel.topic", "is the same as topic: give both a payload");
        }
        List<PhoneId> phones =
                items(cfg, "phones", MAX_PHONES, PhoneId::parse, "is no id of a phone or group: a-z 0-9 _ -");
        if (cfg.text("phones").isEmpty()) {
            cfg.fault("phones", "is missing: name the phones or groups that carry it out, separated by commas");
        }
        List<DialNumber> dial = items(
                cfg,
                "dial",
                MAX_NUMBERS,
                text -> DialNumber.parse(NumberText.withoutSeparators(text)),
                "is no number: 1 to 64 of 0-9 A-Z a-z * # + . _ @ -");
        Optional<String> command = command(cfg);
        String value = cfg.text("value", "PRESS");
        if (value.length() > MAX_VALUE) {
            cfg.fault("value", "has more than " + MAX_VALUE + " characters");
        }
        TriggerSettings settings = new TriggerSettings(
                id,
                fire,
                cancel,
                phones,
                dial,
                cfg.integer("ring.s", 30, 1, 600),
                cfg.integer("rounds", 1, 1, 10),
                command,
                value,
                cfg.integer("cooldown.s", 10, 0, 86_400),
                cfg.parsed("site", SiteId::parse, "what stands in the name of a file org.bellwire.site-<id>.cfg")
                        .orElse(SiteId.OWN));
        cfg.check();
        return settings;
    }

    private static Optional<TopicMatch> match(Cfg cfg, String topicKey, String payloadKey, String root) {
        Optional<String> topic = cfg.text(topicKey);
        String payload = cfg.text(payloadKey, "");
        topic.flatMap(text -> TopicFilter.fault(text, root)).ifPresent(fault -> cfg.fault(topicKey, fault));
        if (topic.isEmpty() && !payload.isEmpty()) {
            cfg.fault(payloadKey, "stands without " + topicKey);
        }
        return topic.map(text -> new TopicMatch(text, payload));
    }

    private static Optional<String> command(Cfg cfg) {
        Optional<String> command = cfg.parsed(
                "command",
                text -> Optional.of(text).filter(TriggerSettings::isCommand),
                "a command, as" + " phone:send takes it; to dial, write dial = and the number");
        boolean dials = cfg.text("dial").isPresent();
        if (dials && cfg.text("command").isPresent()) {
            cfg.fault("command", "stands beside dial: a trigger does one of them");
        } else if (!dials && cfg.text("command").isEmpty()) {
            cfg.fault("dial", "is missing, and so is command: say what the phones are to do");
        }
        return command;
    }

    private static boolean isCommand(String text) {
        return OF_OTHER_DEVICES.contains(text)
                || CommandName.ofWire(text)
                        .filter(name -> name != CommandName.DIAL)
                        .isPresent();
    }

    private static <T> List<T> items(
            Cfg cfg, String key, int most, Function<String, Optional<T>> parser, String otherwise) {
        List<T> items = new ArrayList<>();
        List<String> texts = cfg.list(key).stream().distinct().toList();
        if (texts.size() > most) {
            cfg.fault(key, "has more than " + most + " items");
            return items;
        }
        for (String text : texts) {
            parser.apply(text)
                    .ifPresentOrElse(items::add, () -> cfg.fault(key, "'" + Cfg.shown(text) + "' " + otherwise));
        }
        return items;
    }

    /** What it does, in a line; numbers are hidden. */
    String summary() {
        String what = command.map(name -> name + " " + value)
                .orElseGet(() -> "dial "
                        + String.join(
                                ", then ", dial.stream().map(DialNumber::masked).toList()));
        return what + " on "
                + String.join(", ", phones.stream().map(PhoneId::value).toList());
    }
}
