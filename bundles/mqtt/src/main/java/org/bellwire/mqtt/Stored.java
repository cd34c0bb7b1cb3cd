package org.bellwire.mqtt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;

/**
 * An event with its place in the spool.
 *
 * @param number rises by one for each event
 */
record Stored(long number, EventMessage event) {

    private static final int FORM = 1;

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.payload().length() + 100);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeLong(event.time().toEpochMilli());
            out.writeUTF(event.phone().value());
            out.writeUTF(event.type().wire());
            out.write(event.payload().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #bytes()} wrote; anything else is an {@link IOException}. */
    static Stored of(long number, byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int form = in.readUnsignedByte();
            if (form != FORM) {
                throw new IOException("it has form " + form);
            }
            Instant time = Instant.ofEpochMilli(in.readLong());
            PhoneId phone = new PhoneId(in.readUTF());
            String name = in.readUTF();
            EventType type = EventType.ofWire(name).orElseThrow(() -> new IOException("there is no event " + name));
            return new Stored(
                    number, new EventMessage(phone, type, new String(in.readAllBytes(), StandardCharsets.UTF_8), time));
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }
}
