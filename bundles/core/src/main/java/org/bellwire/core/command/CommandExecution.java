package org.bellwire.core.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.EventType;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.runtime.Timing;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.core.phone.Confirmations;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.phone.SerialQueue;
import org.bellwire.core.publish.RetainedPublisher;

/** Carries out a command whose turn has come: sends the requests of the vendor's table, and tells what came of them. */
final class CommandExecution {

    private static final long PROOF_S = 5;

    private final CommandChecks checks;
    private final CommandExpiry expiry;
    private final RequestSequence sequence;
    private final ResultPublisher results;
    private final FollowUpSender afterDial;
    private final StateReading reading;
    private final RetainedPublisher retained;
    private final Timing timing;

    CommandExecution(
            CommandChecks checks,
            CommandExpiry expiry,
            RequestSequence sequence,
            ResultPublisher results,
            FollowUpSender afterDial,
            StateReading reading,
            RetainedPublisher retained,
            Timing timing) {
        this.checks = checks;
        this.expiry = expiry;
        this.sequence = sequence;
        this.results = results;
        this.afterDial = afterDial;
        this.reading = reading;
        this.retained = retained;
        this.timing = timing;
    }

    /** Whatever goes wrong in a table or on the line: there is a result, and the next command has its turn. */
    CompletionStage<Result> carryOut(CommandChecks.Accepted job) {
        try {
            return start(job).exceptionallyCompose(e -> results.fault(job.pending(), Status.FAILED, e));
        } catch (RuntimeException e) {
            return results.fault(job.pending(), Status.REFUSED, e);
        }
    }

    /** The job's turn has come: is it still right to send it? */
    private CompletionStage<Result> start(CommandChecks.Accepted job) {
        Optional<Phone> now = checks.asItIsNow(job.phone());
        Optional<String> why = expiry.tooLate(job)
                .or(() -> now.map(phone -> checks.objection(phone, job.command()))
                        .orElse(Optional.of("the phone's file was removed or changed meanwhile")));
        if (why.isPresent()) {
            return results.refuse(job.pending(), why.get());
        }
        Phone phone = now.orElseThrow();
        Plan plan = job.row().plan(job.command(), phone);
        if (plan instanceof Plan.Refuse refusal) {
            return results.refuse(job.pending(), refusal.reason());
        }
        List<PhoneRequest> requests = ((Plan.Send) plan).requests();
        Address address = phone.address().orElseThrow();
        Optional<String> missing = CommandChecks.missing(address, requests);
        if (missing.isPresent()) {
            return results.refuse(job.pending(), missing.get());
        }
        Set<EventType> proofs =
                ConfirmingEvents.of(job.command(), phone.binding().events());
        Confirmations.Expectation expectation = phone.session().confirmations().expect(proofs);
        int gap = checks.keyGapMs(address);
        Optional<DialedCall> followed = afterDial.follow(job);
        RequestSequence.AnswerListener listener = new ToldAnswers(
                retained.listeners(), timing, job.pending().order(), address, reading.listenerOf(job.command(), phone));
        SerialQueue turns = phone.session().commandQueue();
        return sequence.send(address, requests, gap, listener, turns).thenCompose(answer -> {
            if (answer.kind() != PhoneClient.Kind.OK) {
                followed.ifPresent(phone.session().dialedCalls()::forget);
            }
            return answered(job, answer, expectation);
        });
    }

    private CompletionStage<Result> answered(
            CommandChecks.Accepted job, Answer answer, Confirmations.Expectation expectation) {
        if (answer.kind() != PhoneClient.Kind.UNREACHABLE) {
            retained.alive(job.phone());
        }
        Status status = switch (answer.kind()) {
            case OK -> Status.ACCEPTED;
            case UNAUTHORIZED -> Status.UNAUTHORIZED;
            case FAILED -> Status.FAILED;
            case UNREACHABLE -> Status.UNREACHABLE;
        };
        CompletionStage<Result> result = results.finish(job.pending(), status, answer.httpStatus(), answer.detail());
        if (status != Status.ACCEPTED || expectation.proofs().isEmpty()) {
            expectation.met().complete(false);
            return result;
        }
        var deadline = timing.timer().schedule(() -> expectation.met().complete(false), PROOF_S, TimeUnit.SECONDS);
        expectation.met().thenAccept(met -> {
            deadline.cancel(false);
            results.finish(
                    job.pending(), met ? Status.CONFIRMED : Status.UNCONFIRMED, answer.httpStatus(), Optional.empty());
        });
        return result;
    }
}
