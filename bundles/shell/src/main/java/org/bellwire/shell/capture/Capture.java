package org.bellwire.shell.capture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.WireListener;
import org.bellwire.api.spi.PhoneBinding;

/** Writes the next requests of one phone, and to it, with their answers. Ends by number, time or size, or when interrupted. */
public final class Capture {

    /** How much of a body is of use. */
    static final int MAX_BODY = 4096;

    private static final String HEAD = """
            ; Bellwire capture, form 1
            ; %s%s%s
            ; Numbers, names and addresses are made up, the same for the same; SECRET and T stand for passwords and tokens.
            ; Look through it before you give it away: what Bellwire does not take for a number or a name stays as it was.

            """;

    private final PhoneStatus phone;
    private final MessagePseudonymizer pseudonymizer;
    private final PhoneBinding binding;
    private final CaptureFeed feed;
    private final Path folder;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * One of one phone.
     *
     * @param folder where its file will be
     */
    public Capture(PhoneStatus phone, PhoneBinding binding, Optional<Secret> siteToken, Path folder, Clock clock) {
        this(phone, binding, siteToken, folder, clock, System::nanoTime);
    }

    Capture(
            PhoneStatus phone,
            PhoneBinding binding,
            Optional<Secret> siteToken,
            Path folder,
            Clock clock,
            LongSupplier nanoTime) {
        this.phone = phone;
        this.binding = binding;
        this.folder = folder;
        this.clock = clock;
        this.nanoTime = nanoTime;
        feed = new CaptureFeed(new PhoneId(phone.id()), clock);
        pseudonymizer = new MessagePseudonymizer(
                binding.events(),
                phone.mac().flatMap(Mac::parse).map(Mac::digits),
                siteToken.map(Secret::reveal),
                new SecureRandom());
    }

    /** Has to be registered while {@link #run} runs. */
    public WireListener listener() {
        return feed;
    }

    /** How many were written, and where. */
    public record Written(int exchanges, Path file) {}

    /**
     * Writes so many, and tells of each.
     *
     * @param longest how long it waits for them in all
     */
    public Written run(int most, Duration longest, PrintStream told) throws IOException {
        try (CaptureFile file = CaptureFile.create(folder, new PhoneId(phone.id()), clock.instant())) {
            told.println("writing to " + file.path());
            file.write(heading());
            int written = 0;
            String why = "complete";
            long begin = nanoTime.getAsLong();
            try {
                while (written < most && why.equals("complete")) {
                    Optional<CapturedExchange> next = feed.next();
                    if (next.isPresent() && file.write(text(written + 1, next.get()))) {
                        written++;
                        told.println(
                                written + " of " + most + ": " + (next.get().isReport() ? "report" : "command"));
                    } else if (next.isPresent()) {
                        why = "the file is full";
                    } else if (nanoTime.getAsLong() - begin > longest.toNanos()) {
                        why = "the time is over";
                    } else if (told.checkError()) {
                        why = "nobody waits for it";
                    }
                }
            } catch (InterruptedException e) {
                why = "ended by its user"; // that is how it is ended
            }
            file.write(end(written, why));
            return new Written(written, file.path());
        }
    }

    private String heading() {
        return HEAD.formatted(
                binding.info().name(),
                phone.device().model().map(model -> ", model " + oneLine(model)).orElse(""),
                phone.device()
                        .firmware()
                        .map(version -> ", firmware " + oneLine(version))
                        .orElse(""));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private String end(int written, String why) {
        String lost = feed.lost() == 0 ? "" : ", " + feed.lost() + " lost";
        return "; end: " + written + " written, " + why + lost + "\n";
    }

    private String text(int number, CapturedExchange exchange) {
        int end = bodyEnd(exchange.answer());
        boolean cut = exchange.answer().length() > end;
        String answer = exchange.answer().substring(0, end);
        String told = exchange.isReport() ? answer : pseudonymizer.answer(answer);
        String request = pseudonymizer.request(exchange.request());
        return CaptureText.block(
                number, new CapturedExchange(exchange.time(), exchange.isReport(), request, told), cut);
    }

    /** Where the answer ends, or so much of its body as is of use. */
    private static int bodyEnd(String answer) {
        int begin = answer.indexOf("\n\r\n");
        int bare = answer.indexOf("\n\n");
        int head = begin < 0 || (bare >= 0 && bare < begin) ? bare : begin;
        return head < 0 ? answer.length() : Math.min(answer.length(), head + 3 + MAX_BODY);
    }
}
