package org.bellwire.mqtt.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;

/**
 * An event with its number in the spool.
 *
 * @param number rises by one for each event
 */
record StoredEvent(long number, EventMessage event) {

    private static final int FORM = 1;
    /** The same with the root of the phone's site before it. */
    private static final int FORM_OF_SITE = 2;

    private static final int HEADER = 5;

    /** Form, check sum of the rest, the rest. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.payload().length() + 100);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(event.root().isEmpty() ? FORM : FORM_OF_SITE);
            out.writeInt(0);
            out.writeLong(event.time().toEpochMilli());
            if (!event.root().isEmpty()) {
                out.writeUTF(event.root());
            }
            out.writeUTF(event.phone().value());
            out.writeUTF(event.type().wire());
            out.write(event.payload().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        byte[] all = bytes.toByteArray();
        ByteBuffer.wrap(all).putInt(1, sum(all));
        return all;
    }

    /**
     * Reads what {@link #bytes()} wrote; anything else is an {@link IOException}.
     *
     * @throws NewerFormatException if a newer Bellwire may understand it
     */
    static StoredEvent of(long number, byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int form = in.readUnsignedByte();
            if (form > FORM_OF_SITE) {
                throw new NewerFormatException("it has form " + form);
            }
            if (form < FORM) {
                throw new IOException("it has form " + form);
            }
            if (in.readInt() != sum(bytes)) {
                throw new IOException("its check sum is wrong");
            }
            Instant time = Instant.ofEpochMilli(in.readLong());
            String root = form == FORM_OF_SITE ? in.readUTF() : "";
            PhoneId phone = new PhoneId(in.readUTF());
            String name = in.readUTF();
            EventType type = EventType.ofWire(name).orElseThrow(() -> new NewerFormatException("it is a " + name));
            String payload = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new StoredEvent(number, new EventMessage(phone, type, payload, time, root));
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) sum.getValue();
    }
}
