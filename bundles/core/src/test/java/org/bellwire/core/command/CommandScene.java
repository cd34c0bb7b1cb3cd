package org.bellwire.core.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.CommandName;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Scheme;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.bellwire.core.Acme;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.PhoneSettings;
import org.bellwire.testkit.ManualTime;

/** One phone in manual time, seen from the parts that carry out its commands. */
final class CommandScene implements PhoneClient {

    static final Origin RULE = new Origin.Topic(Topic.of("lobby", "command", "dial"));

    final ManualTime time = new ManualTime();
    final PhoneSession session = new PhoneSession();
    final Phone phone;
    final List<String> sent = new ArrayList<>();
    private final Deque<CompletionStage<Answer>> script = new ArrayDeque<>();

    CommandScene() {
        this(CommandTable.of(
                Access.http(Access.Authentication.NONE),
                KeyPad.of("0-9 OK STAR POUND", key -> new PhoneRequest("/key").with("value", key)),
                CommandRow.on(CommandName.DIAL, new PhoneRequest("/dial"))));
    }

    CommandScene(CommandTable commands) {
        phone = new Phone(
                PhoneSettings.parse("a file", new PhoneId("lobby"), Map.of("vendor", "bare"), List.of()),
                new Bare(commands),
                session);
    }

    private record Bare(CommandTable commands) implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return new VendorInfo("bare", "Bare", "invented");
        }

        @Override
        public EventTable events() {
            return Acme.PLAIN;
        }

        @Override
        public Provisioning provisioning() {
            return new Provisioning("nowhere", "/{event}", false, List.of());
        }
    }

    /** The phone reports an event of its call. */
    CommandScene reports(String event) {
        Variables call = new Variables.Builder().add("callId", "1").build();
        session.takeIn(Acme.PLAIN, event, call, Moment.of(time.timing()));
        return this;
    }

    PendingCommand pending(CommandName name, String payload, Origin origin) {
        return PendingCommand.of(new CommandOrder("lobby", name.wire(), payload, origin), time.nanos());
    }

    PendingCommand pending(CommandName name, String payload) {
        return pending(name, payload, RULE);
    }

    CommandChecks.Accepted accepted(PendingCommand pending, Optional<DialedCall> of) throws MalformedPayloadException {
        CommandName name = CommandName.ofWire(pending.order().command()).orElseThrow();
        CommandPayload payload = pending.reading().payload().orElseThrow();
        return new CommandChecks.Accepted(
                pending,
                phone,
                CommandRow.on(name, new PhoneRequest("/" + name.wire())),
                payload.as(name),
                payload,
                payload.afterDial(),
                of);
    }

    /** Where its requests go. */
    static Address at(Access access, Scheme scheme, String host) {
        return new Address(
                "lobby",
                scheme,
                host,
                8080,
                access,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The next request gets its answer when the test completes it. */
    CompletableFuture<Answer> answersLater() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        script.add(answer);
        return answer;
    }

    void answers(Answer answer) {
        script.add(CompletableFuture.completedFuture(answer));
    }

    @Override
    public CompletionStage<Answer> send(Address to, PhoneRequest request) {
        sent.add(request.target());
        return script.isEmpty() ? CompletableFuture.completedFuture(Answer.of(Kind.OK, 200)) : script.remove();
    }

    @Override
    public CompletionStage<Boolean> probe(Address to) {
        return CompletableFuture.completedFuture(true);
    }
}
