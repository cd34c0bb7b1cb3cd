package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Secret;
import org.bellwire.shell.ShownPhones;
import org.bellwire.testkit.CaptureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final PhoneId LOBBY = new PhoneId("lobby");
    private static final String TOKEN = "abcdefghijklmnopqrstuv";

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Capture capture() {
        return new Capture(
                ShownPhones.lobby(),
                ShownPhones.acme(),
                Optional.of(new Secret(TOKEN)),
                folder,
                NOON,
                () -> nanos.getAndAdd(Duration.ofSeconds(40).toNanos()));
    }

    private String run(Capture capture, int most) throws IOException {
        PrintStream out = new PrintStream(told, true, UTF_8);
        return Files.readString(capture.run(most, Duration.ofMinutes(1), out).file());
    }

    private static void reports(Capture capture, String rest) {
        capture.listener()
                .reported(
                        LOBBY,
                        ("GET /action/acme/" + TOKEN + rest + " HTTP/1.1\r\nHost: 10.0.0.5:8087\r\n\r\n")
                                .getBytes(ISO_8859_1),
                        200);
    }

    @Test
    void both_ways_are_written_as_a_person_reads_them() throws IOException {
        Capture capture = capture();
        reports(capture, "/off-hook?line=1");
        capture.listener()
                .answered(
                        LOBBY,
                        "GET /x?key=OK HTTP/1.1\r\nHost: 10.0.0.9\r\n\r\n".getBytes(ISO_8859_1),
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n".getBytes(ISO_8859_1));
        String text = run(capture, 2);
        assertThat(text.lines().filter(line -> !line.contains("Host: ")))
                .containsExactly(
                        "; Bellwire capture, form 1",
                        "; Acme acme",
                        "; Numbers, names and addresses are made up, the same for the same; SECRET and T stand for passwords and tokens.",
                        "; Look through it before you give it away: what Bellwire does not take for a number or a name stays as it was.",
                        "",
                        "--- 1 report 2026-11-21T12:00:00Z",
                        "> GET /action/acme/T/off-hook?line=1 HTTP/1.1",
                        ">",
                        "< HTTP/1.1 200",
                        "<",
                        "",
                        "--- 2 command 2026-11-21T12:00:00Z",
                        "> GET /x?key=OK HTTP/1.1",
                        ">",
                        "< HTTP/1.1 200 OK",
                        "< Content-Length: 3",
                        "<",
                        "< ok",
                        "",
                        "; end: 2 written, complete");
        assertThat(told.toString(UTF_8)).contains("1 of 2: report", "2 of 2: command");
    }

    @Test
    void other_phones_are_not_written() throws IOException {
        Capture capture = capture();
        capture.listener().reported(new PhoneId("desk"), "GET /y HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1), 200);
        assertThat(run(capture, 5)).contains("; end: 0 written, the time is over");
    }

    @Test
    void it_ends_by_number() throws IOException {
        Capture capture = capture();
        for (int i = 0; i < 9; i++) {
            reports(capture, "/x?line=" + i);
        }
        assertThat(CaptureReader.read(run(capture, 3))).hasSize(3);
    }

    @Test
    void who_ends_it_has_a_whole_file() throws IOException {
        Capture capture = capture();
        Thread.currentThread().interrupt();
        assertThat(run(capture, 3)).endsWith("; end: 0 written, ended by its user\n");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void its_file_is_for_bellwires_user_alone() throws IOException {
        Capture capture = capture();
        reports(capture, "/x");
        Path file = capture.run(1, Duration.ofMinutes(1), new PrintStream(told, true, UTF_8))
                .file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void its_file_has_an_end_however_much_is_said() throws IOException {
        Capture capture = capture();
        byte[] large = ("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(2600) + "\r\n" + "\u00ff ".repeat(4000))
                .getBytes(ISO_8859_1);
        for (int i = 0; i < CaptureFeed.MAX; i++) {
            capture.listener().answered(LOBBY, "GET /x HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1), large);
        }
        String text = run(capture, 1000);
        assertThat(text).contains("the file is full").contains("; the rest of the answer is left out");
        assertThat(text.getBytes(UTF_8).length).isLessThanOrEqualTo(CaptureFile.MAX_BYTES);
    }

    @Test
    void what_comes_faster_than_it_is_written_is_counted() {
        CaptureFeed feed = new CaptureFeed(LOBBY, NOON);
        for (int i = 0; i < CaptureFeed.MAX + 3; i++) {
            feed.reported(LOBBY, new byte[0], 200);
        }
        assertThat(feed.lost()).isEqualTo(3);
    }

    @Test
    void folders_do_not_fill_up() throws IOException {
        for (int i = 0; i < CaptureFile.MAX_FILES; i++) {
            Files.createFile(folder.resolve("old-" + i));
        }
        assertThatThrownBy(() -> run(capture(), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("remove old ones");
    }

    @Test
    void a_file_that_was_broken_off_anywhere_can_be_read() throws IOException {
        Capture capture = capture();
        for (int i = 0; i < 2; i++) {
            reports(capture, "/incoming-call?line=" + i + "&display_remote=J\u00f6rg\\");
        }
        String text = run(capture, 2);
        int most = 0;
        for (int length = 0; length <= text.length(); length++) {
            int whole = CaptureReader.read(text.substring(0, length)).size();
            assertThat(whole).isBetween(most, most + 1);
            most = whole;
        }
        assertThat(most).isEqualTo(2);
    }

    @Test
    void any_bytes_are_read_back_as_they_were() {
        Random random = new Random(5);
        String[] parts = {
            "\r\n",
            "\n",
            "\r",
            "\\",
            "\\n",
            "\\x41",
            " ",
            "a",
            "\u00e9",
            "\u00c3\u00a9",
            "\0",
            "\u00e2\u0080\u00a8",
            ";",
            ">",
            "--- 1"
        };
        for (int i = 0; i < 500; i++) {
            List<String> some = new ArrayList<>();
            for (int j = random.nextInt(12); j >= 0; j--) {
                some.add(parts[random.nextInt(parts.length)]);
            }
            String request = String.join("", some);
            String answer = String.join("|", some);
            String text = CaptureText.block(7, new CapturedExchange(NOON.instant(), false, request, answer), false);
            assertThat(CaptureReader.read(text)).as(text).singleElement().satisfies(read -> {
                assertThat(read.request()).as(text).isEqualTo(request);
                assertThat(read.answer()).as(text).isEqualTo(answer);
            });
        }
    }

    @Test
    void a_capture_becomes_samples() throws IOException {
        Capture capture = capture();
        reports(capture, "/off-hook?mac=001fc11a8b6c");
        reports(capture, "/incoming-call?remote=sip:4711@10.0.0.9&display_remote=J\u00f6rg Smith");
        String[] lines = CaptureReader.samples(
                        run(capture, 2), ShownPhones.acme().events())
                .split("\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).matches("/action/acme/T/off-hook\\?mac=001fc1[0-9a-f]{6}");
        assertThat(lines[1]).matches("  hook_off; mac=00:1f:c1:.*; off_hook=ON");
        assertThat(lines[2]).matches("/action/acme/T/incoming-call\\?remote=sip:\\d{4}@.*%[CEF].*");
        assertThat(lines[3]).matches("  call_incoming; direction=inbound; name=.* .*; number=\\d{4}");
    }
}
