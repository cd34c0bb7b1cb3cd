package org.bellwire.trigger;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.config.Rate;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.ClusterMembership;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.TriggerRequest;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.FakeBus;

/** All triggers of a site with phones, groups, broker and time that do as the test says. */
final class TriggerSite implements BuildingTopics, Commands, AutoCloseable {

    final FakeBus bus = new FakeBus();
    final ManualThread thread = new ManualThread();
    final TriggerRegistry triggers;
    private final List<CommandOrder> orders = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Status> statuses = new HashMap<>();
    private final Map<String, CompletableFuture<Result>> later = new HashMap<>();
    private final Map<String, List<PhoneId>> groups = new HashMap<>();
    private final Map<String, String> calls = new HashMap<>();

    TriggerSite() {
        this(() -> true);
    }

    TriggerSite(ClusterMembership membership) {
        triggers =
                new TriggerRegistry(this, new KnownPhones(), new KnownGroups(), bus, this, membership, thread.time());
    }

    /** Writes a trigger's file; keys and values in turn. */
    @SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
    TriggerSite file(String id, String... keysAndValues) {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        triggers.updated("org.bellwire.trigger~" + id, properties);
        return this;
    }

    TriggerSite delete(String id) {
        triggers.deleted("org.bellwire.trigger~" + id);
        thread.run();
        return this;
    }

    String fault(String id) {
        return triggers.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .flatMap(each -> each.fault())
                .orElse("");
    }

    TriggerSite group(String id, String... members) {
        groups.put(id, Stream.of(members).map(PhoneId::new).toList());
        return this;
    }

    /** From now on commands to this phone have this result. */
    TriggerSite answers(String phone, Status status) {
        statuses.put(phone, status);
        return this;
    }

    /** The next command to this phone has its result when the test completes it. */
    CompletableFuture<Result> answersLater(String phone) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        later.put(phone, result);
        return result;
    }

    /** What the phone tells of its calls. */
    TriggerSite calls(String phone, String json) {
        calls.put(phone, json);
        return this;
    }

    /** A message of the building. */
    TriggerSite says(String topic, String payload) {
        return arrives(new Arrival(topic, payload, false, false));
    }

    TriggerSite arrives(Arrival arrival) {
        hands(arrival);
        thread.run();
        return this;
    }

    /** The message has come, and the triggers' thread had no time for it yet. */
    TriggerSite hands(Arrival arrival) {
        List.copyOf(listeners).stream()
                .filter(each -> arrival.topic()
                        .matches(each.filter().replace("+", "[^/]+").replace("/#", "(/.*)?")))
                .forEach(each -> each.arrived(arrival));
        return this;
    }

    void connectionIsLost() {
        listeners.forEach(Listener::disconnected);
    }

    Reply get(String id, boolean cancel, Map<String, String> query) {
        Reply reply = triggers.receive(new TriggerRequest(
                id, cancel, query, InetAddress.getLoopbackAddress(), Optional.empty(), new Rate(10, 20)));
        thread.run();
        return reply;
    }

    /** The phone reports a call that it placed. */
    TriggerSite reports(String phone, EventType type, String callId, String number) {
        return reports(phone, type, callId, number, Direction.OUTBOUND);
    }

    TriggerSite reports(String phone, EventType type, String callId, String number, Direction way) {
        CallInfo call = new CallInfo(
                Optional.of(callId).filter(id -> !id.isEmpty()),
                Optional.empty(),
                Optional.of(way),
                Optional.of(number).filter(any -> !any.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        triggers.event(
                new PhoneEvent(new EventMessage(new PhoneId(phone), type, "{\"late\":false}", Instant.EPOCH), call));
        thread.run();
        return this;
    }

    TriggerSite pass(int seconds) {
        thread.pass(Duration.ofSeconds(seconds));
        return this;
    }

    /** Phone, command and payload of each order, in order. */
    List<String> orders() {
        return orders.stream()
                .map(order -> order.phone() + " " + order.command() + " " + order.payload())
                .toList();
    }

    List<CommandOrder> wholeOrders() {
        return orders;
    }

    /** The results of a trigger, in order. */
    List<JsonObject> results(String id) {
        return bus.payloads("bridge/trigger/" + id).stream()
                .map(text -> JsonParser.parseString(text).getAsJsonObject())
                .toList();
    }

    /** The outcomes of a trigger, in order. */
    List<String> outcomes(String id) {
        return results(id).stream()
                .map(result -> result.get("outcome").getAsString())
                .toList();
    }

    JsonObject last(String id) {
        List<JsonObject> all = results(id);
        return all.get(all.size() - 1);
    }

    static Result result(CommandOrder order, Status status) {
        return new Result(
                Optional.empty(),
                order.phone(),
                order.command(),
                status,
                OptionalInt.empty(),
                Optional.empty(),
                Instant.EPOCH,
                1);
    }

    @Override
    public CompletionStage<Result> carryOut(CommandOrder order) {
        orders.add(order);
        CompletableFuture<Result> waits = later.remove(order.phone());
        return waits != null
                ? waits
                : CompletableFuture.completedFuture(
                        result(order, statuses.getOrDefault(order.phone(), Status.ACCEPTED)));
    }

    @Override
    public String root() {
        return "bellwire";
    }

    @Override
    public CompletionStage<Void> publish(String topic, String payload, boolean retained) {
        throw new AssertionError("the triggers publish by the bus");
    }

    @Override
    public Bus.Subscription listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    List<String> filters() {
        return listeners.stream().map(Listener::filter).toList();
    }

    /** The groups that the test made. */
    private final class KnownGroups implements Groups {
        @Override
        public List<Group> all() {
            return List.of();
        }

        @Override
        public Optional<Group> find(String id) {
            return Optional.ofNullable(groups.get(id)).map(members -> new Group(id, id, members, Optional.empty()));
        }
    }

    /** The phones, of which only their calls are known. */
    private final class KnownPhones implements Phones {
        @Override
        public List<PhoneStatus> all() {
            return List.of();
        }

        @Override
        public Optional<PhoneStatus> find(String id) {
            return Optional.ofNullable(calls.get(id))
                    .map(json -> new PhoneStatus(
                            id,
                            id,
                            "acme",
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            true,
                            Map.of(Property.CALLS, json),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Device.UNKNOWN,
                            "",
                            Optional.empty()));
        }

        @Override
        public List<PhoneBinding> bindings() {
            return List.of();
        }
    }

    @Override
    public void close() {
        triggers.stop();
    }
}
