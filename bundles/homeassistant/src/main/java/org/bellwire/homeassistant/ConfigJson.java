package org.bellwire.homeassistant;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.runtime.BellwireVersion;
import org.bellwire.api.runtime.LogText;

/**
 * Writes configs.
 *
 * @param root the topic that everything of Bellwire stands below
 */
record ConfigJson(String root) {

    static final String ORIGIN = "Bellwire";

    /** Has Home Assistant let go of a config and keep its settings until it comes in the other style. */
    static final String MIGRATE = "{\"migrate_discovery\": true}";

    private static final String ATTRIBUTES = "json_attributes";
    private static final int MAX_TEXT = 200;

    private interface Body {
        void write(JsonWriter json) throws IOException;
    }

    /** One entity, in a config of its own. */
    String entity(HomeDevice device, EntityRow row) {
        return object(json -> {
            entity(json, device, row);
            device(json, device);
        });
    }

    /**
     * A device with all its entities.
     *
     * @param removed keys of entities that it no longer has, such as {@code sensor/call}
     */
    String device(HomeDevice device, Collection<String> removed) {
        return object(json -> {
            device(json, device);
            json.name("components").beginObject();
            for (EntityRow row : EntityTable.rows(device.entities()).toList()) {
                json.name(row.object()).beginObject();
                json.name("platform").value(row.component());
                entity(json, device, row);
                json.endObject();
            }
            for (String key : removed) {
                int slash = key.indexOf('/');
                json.name(key.substring(slash + 1)).beginObject();
                json.name("platform").value(key.substring(0, slash));
                json.endObject();
            }
            json.endObject();
        });
    }

    private void entity(JsonWriter json, HomeDevice device, EntityRow row) throws IOException {
        json.name("name").value(row.name());
        json.name("unique_id").value(ConfigTopics.OURS + device.id() + "_" + row.object());
        json.name("default_entity_id")
                .value(row.component() + "." + ConfigTopics.OURS + device.slug() + "_" + row.object());
        for (Map.Entry<String, Object> key : row.keys().entrySet()) {
            if (!key.getKey().startsWith(ATTRIBUTES) || hasAttributes(device, row)) {
                json.name(key.getKey());
                value(json, device, key.getValue());
            }
        }
        json.name("qos").value(1);
        if (row.isAvailable()) {
            json.name("availability").beginArray();
            for (String topic : List.of("/bridge/status", "/" + device.id() + "/availability")) {
                json.beginObject();
                json.name("topic").value(root + topic);
                json.endObject();
            }
            json.endArray();
            json.name("availability_mode").value("all");
        }
    }

    /** A group has a call but no list of calls: nobody is to wait for a topic that never comes. */
    private static boolean hasAttributes(HomeDevice device, EntityRow row) {
        String topic = String.valueOf(row.keys().get(ATTRIBUTES + "_topic")).replaceFirst("^\\./", "");
        return !topic.startsWith("state/") || device.abilities().contains(topic);
    }

    private void value(JsonWriter json, HomeDevice device, Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.beginArray();
            for (Object item : list.equals(EntityRow.ALL_EVENTS) ? device.events() : list) {
                json.value(item.toString());
            }
            json.endArray();
        } else if (value instanceof Boolean flag) {
            json.value(flag);
        } else if (value instanceof Integer number) {
            json.value(number);
        } else {
            String text = value.toString();
            json.value(text.startsWith("./") ? root + "/" + device.id() + text.substring(1) : text);
        }
    }

    private static void device(JsonWriter json, HomeDevice device) throws IOException {
        HomeDevice.Maker maker = device.maker();
        json.name("device").beginObject();
        json.name("identifiers")
                .beginArray()
                .value(ConfigTopics.OURS + device.id())
                .endArray();
        if (maker.mac().isPresent()) {
            json.name("connections").beginArray().beginArray();
            json.value("mac").value(maker.mac().get());
            json.endArray().endArray();
        }
        json.name("name").value(shownName(device));
        json.name("manufacturer").value(maker.manufacturer());
        optional(json, "model", maker.model());
        optional(json, "sw_version", maker.firmware());
        optional(json, "configuration_url", maker.url());
        if (!device.isBridge()) {
            json.name("via_device").value(ConfigTopics.OURS + HomeDevice.BRIDGE);
        }
        json.endObject();
        json.name("origin").beginObject();
        json.name("name").value(ORIGIN);
        json.name("sw_version").value(BellwireVersion.TEXT);
        json.endObject();
    }

    /** Home Assistant takes the device's name away from the beginning of an entity's: a phone named "Call" has its id, too. */
    private static String shownName(HomeDevice device) {
        String name = LogText.clean(device.maker().name(), MAX_TEXT);
        Stream<EntityRow> rows = EntityTable.rows(device.entities());
        String lower = name.toLowerCase(Locale.ROOT);
        boolean begins =
                rows.anyMatch(row -> row.name().toLowerCase(Locale.ROOT).startsWith(lower));
        return begins ? name + " (" + device.id() + ")" : name;
    }

    private static void optional(JsonWriter json, String key, Optional<String> value) throws IOException {
        if (value.filter(text -> !text.isBlank()).isPresent()) {
            json.name(key).value(LogText.clean(value.get(), MAX_TEXT));
        }
    }

    private static String object(Body body) {
        StringWriter out = new StringWriter(1024);
        try (JsonWriter json = new JsonWriter(out)) {
            json.beginObject();
            body.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
