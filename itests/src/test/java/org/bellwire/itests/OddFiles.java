package org.bellwire.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** Entries of {@code etc/} that are named like phones' files and are none, beside some that are and are written by odd editors. */
final class OddFiles implements Neighbour.Misdeed {

    /** They name themselves in the log and in the list. */
    private static final List<String> WRONG = List.of("odd-circle", "odd-pipe", "odd-huge", "odd-folder", "odd-bytes");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Distribution bellwire;

    private boolean taken;
    private String list = "";

    private OddFiles(Distribution bellwire) {
        this.bellwire = bellwire;
    }

    static OddFiles in(Distribution bellwire) {
        OddFiles files = new OddFiles(bellwire);
        try {
            files.create();
            return files;
        } catch (IOException e) {
            files.remove();
            throw new UncheckedIOException(e);
        }
    }

    private void create() throws IOException {
        Files.createSymbolicLink(file("odd-circle"), file("odd-circle").getFileName());
        Files.createSymbolicLink(file("odd-nowhere"), Path.of("no/such/file.cfg"));
        Program.run(
                bellwire.home(),
                Map.of(),
                Duration.ofSeconds(5),
                List.of("mkfifo", file("odd-pipe").toString()));
        try (RandomAccessFile huge = new RandomAccessFile(file("odd-huge").toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        Files.createDirectories(file("odd-folder").resolve("inside"));
        Files.writeString(file("odd-bytes"), "vendor = htek\nname = \\uZZ\n");
        Files.writeString(file("odd-notepad"), BYTE_ORDER_MARK + phone(1), UTF_8);
        Files.writeString(file("odd-later"), phone(2), UTF_8);
    }

    private static String phone(int number) {
        return "vendor = htek\r\nmac = 001fc400000%d\r\nprobe.s = 0\r\n".formatted(number);
    }

    private Path file(String id) {
        return bellwire.etc("org.bellwire.phone-" + id + ".cfg");
    }

    /** Looks whether the right ones count and the wrong ones are told, while they are still there. */
    private void look() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Waits.atMost(Duration.ofSeconds(15), "odd files are read")
                .until(() -> (reports(1) && reports(2)) || System.nanoTime() > end);
        taken = reports(1) && reports(2);
        list = bellwire.bellwire("phone:list").output();
    }

    @Override
    public void judge(SoftAssertions promised, Balance balance) {
        promised.assertThat(taken).as("phones of odd editors count").isTrue();
        promised.assertThat(list).as("phone:list").contains(WRONG);
        for (String id : WRONG) {
            promised.assertThat(bellwire.logged("WARN", id))
                    .as("lines about " + id)
                    .hasSizeBetween(1, 2);
        }
    }

    private boolean reports(int number) {
        return bellwire.caller().reports("htek", "/Onhook?mac=001fc400000" + number) == 200;
    }

    @Override
    public void close() {
        look();
        remove();
    }

    private void remove() {
        try {
            Files.deleteIfExists(file("odd-nowhere"));
            Files.deleteIfExists(file("odd-folder").resolve("inside"));
            for (String id : WRONG) {
                Files.deleteIfExists(file(id));
            }
            Files.deleteIfExists(file("odd-notepad"));
            Files.deleteIfExists(file("odd-later"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
