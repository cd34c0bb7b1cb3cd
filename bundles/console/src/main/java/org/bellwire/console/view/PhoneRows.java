package org.bellwire.console.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.console.http.JsonObjects;

/** The list of phones, in the part and the order that somebody wants to see. */
public final class PhoneRows {

    /** Rows in one answer. */
    public static final int MOST = 500;

    private static final int MOST_TAGS = 100;
    private static final Map<String, Integer> BY_STATE = Map.of("ringing", 0, "connected", 1, "dialing", 2, "held", 3);

    /**
     * What is wanted.
     *
     * @param filter words that a phone has to have, all of them; empty: any
     * @param vendor empty: all
     * @param group the members of a group; empty: all
     * @param tag of the contact that it speaks with; empty: any
     * @param sort {@code id}, {@code name}, {@code state}, {@code last}, {@code vendor} or {@code missed}
     */
    public record Wish(
            String filter, String vendor, Set<String> group, String tag, String sort, int offset, int limit) {}

    private PhoneRows() {}

    /** {@code {"total":n,"phones":[…]}}, and the tags of all contacts that phones speak with now. */
    public static String of(List<PhoneStatus> all, Wish wish) {
        List<String> words =
                List.of(wish.filter().toLowerCase(Locale.ROOT).strip().split("\\s+"));
        List<PhoneStatus> found = all.stream()
                .filter(phone -> wish.vendor().isEmpty() || phone.vendor().equals(wish.vendor()))
                .filter(phone -> wish.group().isEmpty() || wish.group().contains(phone.id()))
                .filter(phone -> wish.tag().isEmpty() || tags(phone).anyMatch(wish.tag()::equals))
                .filter(phone -> matches(phone, words))
                .sorted(order(wish.sort()))
                .collect(Collectors.toList());
        int from = Math.min(wish.offset(), found.size());
        int to = Math.min(found.size(), from + Math.min(wish.limit(), MOST));
        return JsonObjects.of(json -> {
            json.name("total").value(found.size());
            json.name("offset").value(from);
            JsonObjects.strings(
                    json,
                    "tags",
                    all.stream()
                            .flatMap(PhoneRows::tags)
                            .distinct()
                            .sorted()
                            .limit(MOST_TAGS)
                            .toList());
            json.name("phones").beginArray();
            for (PhoneStatus phone : found.subList(from, to)) {
                json.beginObject();
                row(json, phone);
                json.endObject();
            }
            json.endArray();
        });
    }

    private static Stream<String> tags(PhoneStatus phone) {
        String tags = phone.states().getOrDefault(Property.PEER_TAGS, "");
        return tags.isEmpty() ? Stream.empty() : Stream.of(tags.split(" "));
    }

    private static boolean matches(PhoneStatus phone, List<String> words) {
        if (words.size() == 1 && words.get(0).isEmpty()) {
            return true;
        }
        String text = String.join(
                        " ",
                        phone.id(),
                        phone.name(),
                        phone.vendor(),
                        phone.mac().orElse(""),
                        phone.host().orElse(""),
                        phone.device().model().orElse(""),
                        phone.elsewhere().orElse(phone.online() ? "online" : "offline"),
                        phone.fault().map(fault -> "fault " + fault).orElse(""),
                        String.join(" ", phone.states().values()))
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    private static Comparator<PhoneStatus> order(String sort) {
        Comparator<PhoneStatus> byId = Comparator.comparing(PhoneStatus::id);
        return switch (sort) {
            case "name" ->
                Comparator.<PhoneStatus, String>comparing(phone -> phone.name().toLowerCase(Locale.ROOT))
                        .thenComparing(byId);
            case "vendor" -> Comparator.comparing(PhoneStatus::vendor).thenComparing(byId);
            case "missed" ->
                Comparator.<PhoneStatus>comparingInt(
                                phone -> -number(phone.states().getOrDefault(Property.MISSED, "0")))
                        .thenComparing(byId);
            case "state" ->
                Comparator.<PhoneStatus>comparingInt(phone -> phone.fault().isPresent()
                                ? 4
                                : BY_STATE.getOrDefault(
                                        phone.states().getOrDefault(Property.CALL, ""), phone.online() ? 5 : 6))
                        .thenComparing(byId);
            case "last" ->
                Comparator.<PhoneStatus, Long>comparing(phone -> phone.lastEventTime()
                                .map(time -> -time.toEpochMilli())
                                .orElse(Long.MAX_VALUE))
                        .thenComparing(byId);
            default -> byId;
        };
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** The members of one phone. */
    public static void row(JsonWriter json, PhoneStatus phone) throws IOException {
        json.name("id").value(phone.id());
        json.name("name").value(phone.name());
        json.name("vendor").value(phone.vendor());
        JsonObjects.optional(json, "mac", phone.mac());
        JsonObjects.optional(json, "host", phone.host());
        JsonObjects.optional(json, "model", phone.device().model());
        JsonObjects.optional(json, "firmware", phone.device().firmware());
        json.name("availability").value(phone.online() ? "online" : "offline");
        JsonObjects.optional(json, "gateway", phone.elsewhere());
        json.name("states").beginObject();
        for (Map.Entry<Property, String> state : new TreeMap<>(phone.states()).entrySet()) {
            json.name(state.getKey().wire()).value(state.getValue());
        }
        json.endObject();
        JsonObjects.optional(json, "last_event", phone.lastEvent().map(EventType::wire));
        JsonObjects.optional(json, "last_event_time", phone.lastEventTime().map(Object::toString));
        JsonObjects.optional(json, "fault", phone.fault());
    }
}
