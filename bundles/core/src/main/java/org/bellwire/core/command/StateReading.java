package org.bellwire.core.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.CommandName;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.ReadBack;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.PhoneSession;
import org.bellwire.core.phone.SerialQueue;
import org.bellwire.core.phone.StateQuestions;
import org.bellwire.core.phone.StateQuestions.Reason;
import org.bellwire.core.publish.EventPublisher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.core.registry.Ownership;
import org.bellwire.core.registry.PhoneRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back the state of phones that can be asked: when they come online, which they do after a restart of Bellwire, too, and when
 * they have a call that was not heard of for long, so that no lost report keeps it. In the phone's turn among its commands, so
 * that there is one request at a time.
 */
final class StateReading {

    private static final Logger LOG = LoggerFactory.getLogger(StateReading.class);
    private static final int MAX_PER_SECOND = 25;

    private final Ownership ownership;
    private final PhoneRegistry registry;
    private final RequestSequence sequence;
    private final RetainedPublisher retained;
    private final EventPublisher publisher;
    private final Timing timing;

    StateReading(
            Ownership ownership,
            PhoneRegistry registry,
            RequestSequence sequence,
            RetainedPublisher retained,
            EventPublisher publisher,
            Timing timing) {
        this.ownership = ownership;
        this.registry = registry;
        this.sequence = sequence;
        this.retained = retained;
        this.publisher = publisher;
        this.timing = timing;
    }

    /** Asks who is to be asked, some at a time. Phones that cannot be asked cost a look. */
    void tick() {
        try {
            Moment now = Moment.of(timing);
            int left = MAX_PER_SECOND;
            for (Phone phone : registry.index().all()) {
                if (left > 0
                        && !phone.binding().commands().readBacks().isEmpty()
                        && ownership.owns(phone)
                        && asked(phone, now)) {
                    left--;
                }
            }
        } catch (RuntimeException e) {
            LOG.error("reading states back failed and goes on", e);
        }
    }

    private boolean asked(Phone phone, Moment now) {
        PhoneSession session = phone.session();
        Optional<Address> to = phone.address();
        if (to.isEmpty()) {
            return false;
        }
        List<ReadBack> all = phone.binding().commands().readBacks();
        boolean quiet = session.hasCalls()
                && all.stream().anyMatch(ReadBack::tellsCalls)
                && session.hasQuietCall(StateQuestions.QUIET, now);
        boolean online = session.availability().isOnline();
        Reason reason = session.questions()
                .take(online, quiet, phone.settings(), timing.nanos().getAsLong());
        if (reason == Reason.NONE) {
            return false;
        }
        List<PhoneRequest> requests = all.stream()
                .filter(one -> reason == Reason.NEW || one.tellsCalls())
                .map(ReadBack::request)
                .toList();
        return CommandChecks.missing(to.get(), requests).isEmpty()
                && session.commandQueue().offer(() -> ask(phone, to.get(), requests));
    }

    private CompletionStage<Answer> ask(Phone phone, Address to, List<PhoneRequest> requests) {
        try {
            SerialQueue turns = phone.session().commandQueue();
            return sequence.send(to, requests, to.access().keyGapMs(), listenerOf(phone), turns)
                    .exceptionally(e -> {
                        LOG.error("phone {}: reading its state back met a fault of Bellwire", phone.id(), e);
                        return Answer.of(PhoneClient.Kind.FAILED, "a fault of Bellwire");
                    });
        } catch (RuntimeException e) {
            LOG.error("phone {}: its state could not be asked for", phone.id(), e);
            return CompletableFuture.completedFuture(Answer.of(PhoneClient.Kind.FAILED, "a fault of Bellwire"));
        }
    }

    /** Takes in what the phone answers, where the command asks for its state. */
    RequestSequence.AnswerListener listenerOf(Command command, Phone phone) {
        return command.name() == CommandName.REFRESH ? listenerOf(phone) : RequestSequence.AnswerListener.NOBODY;
    }

    /** Takes in what the phone answers. */
    RequestSequence.AnswerListener listenerOf(Phone phone) {
        StateQuestions questions = phone.session().questions();
        return new RequestSequence.AnswerListener() {
            @Override
            public void asking() {
                questions.asking();
            }

            @Override
            public void answered(PhoneRequest request, Answer answer) {
                if (answer.kind() == PhoneClient.Kind.OK) {
                    questions.answered();
                    learn(phone, request, answer.body());
                } else if (answer.kind() == PhoneClient.Kind.UNAUTHORIZED && questions.refuse(phone.settings())) {
                    LOG.warn(
                            "phone {}: does not let its state be read: {}. It is not asked again by itself until its file changes",
                            phone.id(),
                            answer.detail().orElse("no reason"));
                }
                if (answer.kind() != PhoneClient.Kind.UNREACHABLE) {
                    retained.alive(phone);
                }
                questions.done();
            }
        };
    }

    private void learn(Phone phone, PhoneRequest request, String body) {
        PhoneSession session = phone.session();
        phone.binding().commands().readBacks().stream()
                .filter(one -> one.request().equals(request))
                .findFirst()
                .ifPresent(one -> {
                    ReadBack.State seen = one.reader().read(body);
                    session.inOrder(() -> publish(phone, seen, Moment.of(timing)));
                });
    }

    private void publish(Phone phone, ReadBack.State seen, Moment now) {
        PhoneSession session = phone.session();
        PhoneSession.Occurrence occurrence = session.learn(phone.binding().events(), seen, now);
        occurrence.facts().forEach(fact -> session.dialedCalls().happened(fact.type(), fact.call()));
        if (!occurrence.facts().isEmpty()) {
            LOG.info("phone {}: a call is over, since the phone does not show it any more", phone.id());
        }
        publisher.publish(phone, occurrence, now.time()).exceptionally(failure -> {
            LOG.warn("phone {}: what it tells of its state could not be published", phone.id());
            return null;
        });
    }
}
