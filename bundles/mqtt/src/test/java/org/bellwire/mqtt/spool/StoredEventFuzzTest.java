package org.bellwire.mqtt.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** Spooled events that somebody else has changed, mutated: what is damaged is left out. */
class StoredEventFuzzTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");
    private static final int HEADER = 5;

    @Test
    void no_spooled_event_does_harm() {
        EventMessage event = new EventMessage(
                LOBBY,
                EventType.CALL_INCOMING,
                "{\"event_type\":\"call_incoming\",\"late\":false}",
                Instant.ofEpochMilli(1_700_000_000_000L));
        Fuzzing.of("spooled event")
                .from(new StoredEvent(7, event).bytes())
                .with("lobby", "call_incoming", "\0\5lobby", "{}", "\0")
                // A text's length has two bytes, and Java believes them: that much, and no more.
                .allocating(1 << 20, 400)
                .run(StoredEventFuzzTest::spooled);
    }

    /** As it is, and with the right check sum, which somebody who means harm can compute, too. */
    private static Object spooled(byte[] input) {
        String way = read(input);
        if (input.length > HEADER) {
            CRC32C sum = new CRC32C();
            sum.update(input, HEADER, input.length - HEADER);
            ByteBuffer.wrap(input).putInt(1, (int) sum.getValue());
            way += read(input);
        }
        return way;
    }

    private static String read(byte[] input) {
        try {
            return "event " + StoredEvent.of(1, input).event().type();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).replaceAll("[^a-z ]", "");
        }
    }
}
