package org.bellwire.homeassistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The messages that bring a device's configs at the broker from what stands there to what should. */
final class Transition {

    private final ConfigTopics topics;
    private final List<Outgoing> messages = new ArrayList<>();

    /** A message. */
    record Outgoing(String topic, String payload, boolean retained) {

        int size() {
            return topic.length() + payload.length();
        }
    }

    private Transition(ConfigTopics topics) {
        this.topics = topics;
    }

    /** Takes all away. */
    static List<Outgoing> removal(String id, Standing before, ConfigTopics topics) {
        Transition transition = new Transition(topics);
        transition.clear(id, before.single());
        if (!before.whole().isEmpty()) {
            transition.clear(topics.device(id));
        }
        return transition.messages;
    }

    /**
     * Announces a device. What stands in the other style is told to let go first and is removed at last, as Home Assistant
     * documents it, so that no entity loses its settings.
     */
    static List<Outgoing> announcement(
            HomeDevice device, DiscoveryStyle style, Standing before, ConfigTopics topics, ConfigJson json) {
        Transition transition = new Transition(topics);
        if (style == DiscoveryStyle.DEVICE) {
            transition.toDevice(device, before, json);
        } else {
            transition.toComponents(device, before, json);
        }
        return transition.messages;
    }

    /** Of all that they say: two that are equal need not be sent twice. Not 0. */
    static long digest(List<Outgoing> messages) {
        long digest = 1;
        for (Outgoing message : messages) {
            digest = 31 * (31 * digest + message.topic().hashCode())
                    + message.payload().hashCode();
        }
        return digest == 0 ? 1 : digest;
    }

    private void toComponents(HomeDevice device, Standing before, ConfigJson json) {
        long wanted = device.entities();
        if (!before.whole().isEmpty()) {
            // Not retained: if this ends here, the broker still has the old config.
            messages.add(new Outgoing(topics.device(device.id()), ConfigJson.MIGRATE, false));
        }
        EntityTable.rows(wanted)
                .forEach(row -> messages.add(
                        new Outgoing(topics.entity(device.id(), row.key()), json.entity(device, row), true)));
        if (!before.whole().isEmpty()) {
            clear(topics.device(device.id()));
        }
        clear(device.id(), before.single().without(wanted));
    }

    private void toDevice(HomeDevice device, Standing before, ConfigJson json) {
        long wanted = device.entities();
        for (String key : Entities.of(before.single().known() & wanted).keys()) {
            messages.add(new Outgoing(topics.entity(device.id(), key), ConfigJson.MIGRATE, false));
        }
        Set<String> removed = before.whole().without(wanted).keys();
        if (!removed.isEmpty()) {
            messages.add(new Outgoing(topics.device(device.id()), json.device(device, removed), true));
        }
        messages.add(new Outgoing(topics.device(device.id()), json.device(device, Set.of()), true));
        clear(device.id(), before.single());
    }

    private void clear(String id, Entities entities) {
        entities.keys().forEach(key -> clear(topics.entity(id, key)));
    }

    private void clear(String topic) {
        messages.add(new Outgoing(topic, "", true));
    }
}
