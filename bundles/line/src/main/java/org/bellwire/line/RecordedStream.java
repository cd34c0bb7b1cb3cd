package org.bellwire.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.WireListener;

/** A stream while somebody wants to know what goes over it; tells so at its end. */
final class RecordedStream implements PhoneStream {

    /** How much of an answer is kept. */
    static final int MAX_BYTES = 16 * 1024;

    private final PhoneStream stream;
    private final PhoneId phone;
    private final List<WireListener> listeners;
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    RecordedStream(PhoneStream stream, PhoneId phone, List<WireListener> listeners) {
        this.stream = stream;
        this.phone = phone;
        this.listeners = listeners;
    }

    @Override
    public Until write(ByteBuffer from) throws IOException {
        if (request.size() == 0) {
            keep(from.duplicate(), request);
        }
        return stream.write(from);
    }

    @Override
    public Until read(ByteBuffer into) throws IOException {
        int begin = into.position();
        Until until = stream.read(into);
        keep(into.duplicate().limit(into.position()).position(begin), answer);
        return until;
    }

    private static void keep(ByteBuffer bytes, ByteArrayOutputStream kept) {
        byte[] more = new byte[Math.min(bytes.remaining(), MAX_BYTES - kept.size())];
        bytes.get(more);
        kept.writeBytes(more);
    }

    @Override
    public boolean isEnded() {
        return stream.isEnded();
    }

    @Override
    public void finish() {
        stream.finish();
        listeners.forEach(each -> each.answered(phone, request.toByteArray(), answer.toByteArray()));
    }
}
