package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.EventType;
import org.bellwire.core.phone.Confirmations.Expectation;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {

    private static final int MAX = 32;

    private final Confirmations confirmations = new Confirmations();

    private CompletableFuture<Boolean> expect(EventType... proofs) {
        return confirmations.expect(Set.of(proofs)).met();
    }

    @Test
    void any_of_its_events_confirms_a_command() {
        CompletableFuture<Boolean> one = expect(EventType.CALL_REJECTED, EventType.CALL_ENDED);
        confirmations.happened(EventType.CALL_ENDED);
        assertThat(one).isCompletedWithValue(true);
    }

    @Test
    void another_event_confirms_nothing() {
        Expectation expectation = confirmations.expect(Set.of(EventType.CALL_HELD));
        confirmations.happened(EventType.CALL_RESUMED);
        assertThat(expectation.met()).isNotDone();
        assertThat(expectation.proofs()).containsExactly(EventType.CALL_HELD);
    }

    @Test
    void one_event_confirms_the_oldest_command_that_expects_it() {
        CompletableFuture<Boolean> other = expect(EventType.DND_ON);
        CompletableFuture<Boolean> first = expect(EventType.CALL_OUTGOING);
        CompletableFuture<Boolean> second = expect(EventType.CALL_OUTGOING);
        confirmations.happened(EventType.CALL_OUTGOING);
        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isNotDone();
        confirmations.happened(EventType.CALL_OUTGOING);
        assertThat(second).isCompletedWithValue(true);
        assertThat(other).isNotDone();
    }

    @Test
    void command_that_is_waited_for_no_more_takes_no_event_from_the_next() {
        CompletableFuture<Boolean> first = expect(EventType.CALL_OUTGOING);
        CompletableFuture<Boolean> second = expect(EventType.CALL_OUTGOING);
        first.complete(false);
        confirmations.happened(EventType.CALL_OUTGOING);
        assertThat(first).isCompletedWithValue(false);
        assertThat(second).isCompletedWithValue(true);
    }

    @Test
    void command_too_many_leaves_the_oldest_unconfirmed() {
        CompletableFuture<Boolean> first = expect(EventType.DND_ON);
        CompletableFuture<Boolean> second = expect(EventType.DND_ON);
        for (int i = 2; i < MAX; i++) {
            expect(EventType.DND_ON);
        }
        assertThat(first).isNotDone();
        CompletableFuture<Boolean> last = expect(EventType.DND_ON);
        assertThat(first).isCompletedWithValue(false);
        assertThat(second).isNotDone();
        assertThat(last).isNotDone();
    }

    @Test
    void commands_that_are_done_leave_room_for_others() {
        CompletableFuture<Boolean> first = expect(EventType.DND_ON);
        for (int i = 1; i < MAX; i++) {
            expect(EventType.MUTE_ON).complete(false);
        }
        for (int i = 1; i < MAX; i++) {
            expect(EventType.MUTE_ON);
        }
        assertThat(first).isNotDone();
    }
}
