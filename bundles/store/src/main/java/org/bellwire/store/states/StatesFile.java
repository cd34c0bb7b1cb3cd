package org.bellwire.store.states;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.PhoneId;

/**
 * A text for each phone, in one file that only grows at its end: {@code <phone> <text>}, line by line, after a line with the
 * format's number. The last line of a phone counts, one without a text forgets it, and a last line that was cut off is none. When
 * most of it is old the file is written anew. No other stream may open the file meanwhile: its end would end the lock. Of one
 * thread.
 */
final class StatesFile implements AutoCloseable {

    private static final int OLD_MAX = 256 << 10;
    private static final int BUFFER = 32 << 10;
    private static final int ID_MAX = 64;

    /** Of one phone: a longer one is not kept. */
    static final int LINE_MAX = 64 << 10;

    /** Of all phones together: more are not kept. */
    static final long LIVE_MAX = 64L << 20;

    static final int PHONES_MAX = 100_000;
    /** No file of ours is larger: it is not even looked through. */
    static final long FILE_MAX = 3 * LIVE_MAX;

    private static final String FORMAT = "#bellwire-states ";
    private static final int FORMAT_NUMBER = 1;
    private static final String FORMAT_LINE = FORMAT + FORMAT_NUMBER;

    private final Path path;
    private final Map<PhoneId, Line> lines;
    private RandomAccessFile file;
    private long end;
    private long live;
    private int damaged;

    /** Where a phone's line stands, without its end. */
    private record Line(long at, int length) {}

    private StatesFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
        lines = new HashMap<>();
    }

    /** The file is none that this Bellwire can use: to be put aside. The message says why. */
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** Opens the file, and makes it if it is not there. */
    static StatesFile open(Path path) throws IOException {
        RandomAccessFile file = locked(path);
        StatesFile states = new StatesFile(path, file);
        try {
            if (file.length() > FILE_MAX) {
                throw new Unusable("its " + file.length() + " bytes are more than such a file can have");
            }
            states.checkFormat();
            states.scan();
            if (file.length() > states.end) {
                file.setLength(states.end);
            }
            if (states.end == 0) {
                states.append(FORMAT_LINE + "\n");
            }
            return states;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static RandomAccessFile locked(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.getChannel().tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // It is this process itself that has it: the same as another.
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException("in use by another process: give each Bellwire a 'dir' of its own");
    }

    private void checkFormat() throws IOException {
        byte[] beginning = new byte[(int) Math.min(file.length(), FORMAT.length() + 9)];
        file.seek(0);
        file.readFully(beginning);
        file.seek(0);
        String first = new String(beginning, StandardCharsets.ISO_8859_1);
        boolean cutOff = file.length() == beginning.length && !first.contains("\n");
        if (first.startsWith(FORMAT) && !first.startsWith(FORMAT_LINE + "\n") && !cutOff) {
            throw new Unusable("it was written by a newer Bellwire");
        }
    }

    private void append(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.seek(end);
        file.write(bytes);
        end += bytes.length;
    }

    private void scan() throws IOException {
        InputStream in = new BufferedInputStream(new FileInputStream(file.getFD()), BUFFER);
        StringBuilder id = new StringBuilder(ID_MAX);
        boolean inId = true;
        long at = 0;
        long next = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            next++;
            if (b == '\n') {
                found(id.toString(), at, next - 1 - at, inId);
                id.setLength(0);
                inId = true;
                at = next;
            } else if (inId && b == ' ') {
                inId = false;
            } else if (inId && id.length() <= ID_MAX) {
                id.append((char) b);
            }
        }
        end = at;
    }

    private void found(String id, long at, long length, boolean cut) {
        if (at == 0 && FORMAT.equals(id + " ")) {
            return;
        }
        Optional<PhoneId> phone = cut || length > LINE_MAX ? Optional.empty() : PhoneId.parse(id);
        if (phone.isEmpty() || !hasRoomFor(phone.get(), (int) length)) {
            damaged++;
        } else {
            note(phone.get(), new Line(at, (int) length));
        }
    }

    private boolean hasRoomFor(PhoneId phone, int length) {
        return live + length < LIVE_MAX && (lines.size() < PHONES_MAX || lines.containsKey(phone));
    }

    /** So many lines were nothing that could be read. */
    int damaged() {
        return damaged;
    }

    private void note(PhoneId phone, Line line) {
        boolean forgotten = line.length() == phone.value().length() + 1;
        Line old = forgotten ? lines.remove(phone) : lines.put(phone, line);
        live += (forgotten ? 0 : line.length() + 1) - (old == null ? 0 : old.length() + 1);
    }

    Set<PhoneId> phones() {
        return Set.copyOf(lines.keySet());
    }

    Optional<String> read(PhoneId phone) throws IOException {
        Line line = lines.get(phone);
        if (line == null) {
            return Optional.empty();
        }
        int from = phone.value().length() + 1;
        byte[] bytes = bytes(line);
        return Optional.of(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
    }

    private byte[] bytes(Line line) throws IOException {
        byte[] bytes = new byte[line.length()];
        file.seek(line.at());
        file.readFully(bytes);
        return bytes;
    }

    /**
     * Writes all of them with one call to the system, which has them then, even if this process ends. A text for which there is no
     * room makes the phone unknown.
     *
     * @return the phones whose text there was no room for
     */
    List<PhoneId> write(Map<PhoneId, Optional<String>> texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(texts.size(), 1000) * 512);
        Map<PhoneId, Line> written = new LinkedHashMap<>();
        List<PhoneId> tooMuch = new ArrayList<>();
        for (Map.Entry<PhoneId, Optional<String>> entry : texts.entrySet()) {
            PhoneId phone = entry.getKey();
            String text = entry.getValue().orElse("");
            int longest = phone.value().length() + 1 + 3 * text.length(); // as UTF-8
            boolean fits =
                    longest <= LINE_MAX && live + bytes.size() + longest < LIVE_MAX && hasRoomFor(phone, longest);
            if (!fits && !text.isEmpty()) {
                tooMuch.add(phone);
            }
            int at = bytes.size();
            bytes.writeBytes((phone + " " + (fits ? text : "")).getBytes(StandardCharsets.UTF_8));
            written.put(phone, new Line(end + at, bytes.size() - at));
            bytes.write('\n');
        }
        file.seek(end);
        file.write(bytes.toByteArray());
        end += bytes.size();
        written.forEach(this::note);
        if (end - live > live + OLD_MAX) {
            writeAnew();
        }
        return tooMuch;
    }

    private void writeAnew() throws IOException {
        Path path2 = path.resolveSibling(path.getFileName() + ".new");
        RandomAccessFile file2 = locked(path2);
        Map<PhoneId, Line> lines2 = new HashMap<>();
        long end2 = 0;
        try {
            file2.setLength(0);
            OutputStream out = new BufferedOutputStream(new FileOutputStream(file2.getFD()), BUFFER);
            out.write((FORMAT_LINE + "\n").getBytes(StandardCharsets.UTF_8));
            end2 = FORMAT_LINE.length() + 1L;
            for (Map.Entry<PhoneId, Line> entry : lines.entrySet()) {
                out.write(bytes(entry.getValue()));
                out.write('\n');
                lines2.put(entry.getKey(), new Line(end2, entry.getValue().length()));
                end2 += entry.getValue().length() + 1;
            }
            out.flush();
            Files.move(path2, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            file2.close();
            throw e;
        }
        file.close();
        file = file2;
        lines.putAll(lines2);
        end = end2;
        live = end2 - FORMAT_LINE.length() - 1;
    }

    /** Makes the file as young as now. */
    void touch() throws IOException {
        if (end > 0) {
            file.seek(end - 1);
            file.write('\n');
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
