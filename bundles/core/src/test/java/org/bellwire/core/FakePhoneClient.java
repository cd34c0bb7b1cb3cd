package org.bellwire.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.spi.PhoneRequest;

/** Phones in memory: remembers what was sent and answers by a script, else 200 at once. */
final class FakePhoneClient implements PhoneClient {

    private final List<String> sent = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();
    private final List<Address> probed = new ArrayList<>();
    private final Deque<CompletionStage<Answer>> script = new ArrayDeque<>();
    private boolean reachable = true;

    @Override
    public synchronized CompletionStage<Answer> send(Address to, PhoneRequest request) {
        sent.add(to.phone() + " " + request.target());
        addresses.add(to);
        return script.isEmpty() ? CompletableFuture.completedFuture(Answer.of(Kind.OK, 200)) : script.remove();
    }

    @Override
    public synchronized CompletionStage<Boolean> probe(Address to) {
        probed.add(to);
        return CompletableFuture.completedFuture(reachable);
    }

    /** The next request gets this answer at once. */
    synchronized void answers(Answer answer) {
        script.add(CompletableFuture.completedFuture(answer));
    }

    /** The next request gets its answer when the test completes it. */
    synchronized CompletableFuture<Answer> answersLater() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        script.add(answer);
        return answer;
    }

    synchronized void setReachable(boolean now) {
        reachable = now;
    }

    /** Phone and target of each request, in order. */
    synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    synchronized List<Address> addresses() {
        return List.copyOf(addresses);
    }

    synchronized List<String> probed() {
        return probed.stream().map(Address::phone).toList();
    }

    synchronized List<Address> probedAddresses() {
        return List.copyOf(probed);
    }
}
