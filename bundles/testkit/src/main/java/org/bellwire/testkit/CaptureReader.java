package org.bellwire.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.spi.EventTable;

/**
 * Reads the file that {@code phone:capture} writes, and makes samples of it. A block whose end is missing, as after a kill, is
 * left out. Below a report, an indented line may say what it means, as in {@code samples/events.txt}.
 */
public final class CaptureReader {

    private static final Pattern HEADING = Pattern.compile("--- (\\d+) (report|command) (\\S+)");
    private static final Pattern REQUEST = Pattern.compile("(?s)([A-Z]+) (.*) HTTP/1\\.[0-9]");

    private CaptureReader() {}

    /**
     * One request and its answer; each character is a byte.
     *
     * @param isReport the phone asked
     * @param answer empty where there was none
     * @param meaning the indented line
     */
    public record Exchange(int number, boolean isReport, String request, String answer, Optional<String> meaning) {

        /** The request target. */
        public String target() {
            Matcher line = REQUEST.matcher(request.split("\\r?\\n", 2)[0]);
            if (!line.matches()) {
                throw new AssertionError("exchange " + number + " has no request line");
            }
            return line.group(2);
        }

        /** The target as it stands in {@code samples/events.txt}: bytes that are not UTF-8 are percent-encoded. */
        public String sampleTarget() {
            byte[] bytes = target().getBytes(StandardCharsets.ISO_8859_1);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return target().chars()
                        .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : String.format("%%%02X", c))
                        .collect(Collectors.joining());
            }
        }
    }

    /** All whole exchanges of a capture. */
    public static List<Exchange> read(String text) {
        List<Exchange> all = new ArrayList<>();
        Block block = new Block();
        for (String line : text.split("(?<=\\n)")) {
            if (line.equals("\n")) {
                block.end().ifPresent(all::add);
                block = new Block();
            } else if (!line.startsWith(";")) {
                block.add(line.stripTrailing().isEmpty() ? "" : line.replaceFirst("\\n$", ""));
            }
        }
        return List.copyOf(all);
    }

    /** The reports, as lines for {@code samples/events.txt}: what the table makes of each stands below it, to be looked at. */
    public static String samples(String text, EventTable events) {
        StringBuilder out = new StringBuilder();
        for (Exchange exchange : read(text)) {
            if (exchange.isReport()) {
                out.append(exchange.sampleTarget()).append("\n  ");
                out.append(exchange.meaning().orElseGet(() -> meaning(exchange.sampleTarget(), events)));
                out.append('\n');
            }
        }
        return out.toString();
    }

    /** What the table makes of it, in the form of a sample. */
    static String meaning(String target, EventTable events) {
        Map<String, String> read = EventSample.parse(target, "  unknown").read(events);
        return read.get("event")
                + read.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("event"))
                        .map(entry -> "; " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }

    /** The lines of one exchange. */
    private static final class Block {
        private Optional<Matcher> heading = Optional.empty();
        private final List<String> request = new ArrayList<>();
        private final List<String> answer = new ArrayList<>();
        private Optional<String> meaning = Optional.empty();

        void add(String line) {
            Matcher found = HEADING.matcher(line);
            if (found.matches()) {
                heading = Optional.of(found);
            } else if (line.startsWith(">")) {
                request.add(line.length() > 2 ? line.substring(2) : "");
            } else if (line.startsWith("<")) {
                answer.add(line.length() > 2 ? line.substring(2) : "");
            } else if (line.startsWith(" ")) {
                meaning = Optional.of(line.strip());
            }
        }

        Optional<Exchange> end() {
            return heading.map(found -> new Exchange(
                    Integer.parseInt(found.group(1)),
                    found.group(2).equals("report"),
                    Message.of(request),
                    Message.of(answer),
                    meaning));
        }
    }

    /** The bytes of a request or an answer. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean head = true;

        static String of(List<String> lines) {
            Message message = new Message();
            lines.forEach(message::add);
            return message.bytes.toString(StandardCharsets.ISO_8859_1);
        }

        private void add(String line) {
            boolean open = line.matches("(?s)(?:.*[^\\\\])?(?:\\\\\\\\)*\\\\");
            boolean alone = head && line.matches("(?s)(?:.*[^\\\\])?(?:\\\\\\\\)*\\\\n");
            String bare = line.substring(0, line.length() - (open ? 1 : alone ? 2 : 0));
            byte[] told = unescaped(bare);
            bytes.writeBytes(told);
            if (!open) {
                bytes.writeBytes((head && !alone ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            }
            head &= told.length > 0;
        }

        private static byte[] unescaped(String text) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
            for (int i = 0; i < text.length(); i++) {
                char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
                if (text.charAt(i) != '\\') {
                    int end = i + 1;
                    while (end < text.length() && text.charAt(end) != '\\') {
                        end++;
                    }
                    out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                    i = end - 1;
                } else if (next == 'x') {
                    out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                    i += 3;
                } else {
                    out.write(next == 'r' ? '\r' : next);
                    i++;
                }
            }
            return out.toByteArray();
        }
    }
}
