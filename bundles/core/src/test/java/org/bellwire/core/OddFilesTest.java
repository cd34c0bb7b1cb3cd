package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Reply;
import org.bellwire.core.files.SmallFile;
import org.bellwire.core.files.UnreadableFileException;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.ConfigurationPlugins;
import org.bellwire.core.registry.PhoneFiles;
import org.bellwire.core.registry.PhoneFolderWatcher;
import org.bellwire.testkit.CountingCounters;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Whatever stands in the place of one phone's file concerns that phone only. */
@Timeout(60)
final class OddFilesTest {

    /** From a change to what follows from it. */
    private static final Duration ALLOWED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final CountingCounters counters = new CountingCounters();
    private Set<Path> forbidden = Set.of();
    private ManualTime time = new ManualTime();
    private Optional<House> built = Optional.empty();
    private Optional<PhoneFolderWatcher> reader = Optional.empty();

    /** Puts something odd under a name. */
    private interface Oddity {
        void make(Path file) throws Exception;
    }

    private record Case(String name, Oddity oddity, List<String> words) {
        Case(String name, Oddity oddity, String... words) {
            this(name, oddity, List.of(words));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> oddities() {
        return List.of(
                new Case(
                        "a link to itself",
                        file -> Files.createSymbolicLink(file, file.getFileName()),
                        "cannot be read"),
                new Case("two links to each other", OddFilesTest::linksInACircle, "cannot be read"),
                new Case(
                        "a link to nothing",
                        file -> Files.createSymbolicLink(file, Path.of("/nowhere/at/all")),
                        "link",
                        "delete it"),
                new Case("a folder", Files::createDirectory, "folder"),
                new Case("a link to a folder", file -> Files.createSymbolicLink(file, Path.of("/")), "folder"),
                new Case("a pipe", OddFilesTest::pipe, "pipe", "delete it"),
                new Case("a link to a device", file -> Files.createSymbolicLink(file, Path.of("/dev/zero")), "device"),
                new Case("a socket", OddFilesTest::socket, "socket"),
                new Case("1 GB of nothing", file -> size(file, 1L << 30), "1024 MB", "64 KB"),
                new Case("a byte too many", file -> size(file, SmallFile.MAX + 1L), "65537 bytes", "64 KB"),
                new Case("NUL bytes", file -> size(file, 1000), "NUL"),
                new Case(
                        "an endless line", file -> Files.writeString(file, "vendor = " + "x".repeat(60_000)), "vendor"),
                new Case("an endless key", file -> Files.writeString(file, "x".repeat(60_000)), "vendor: is missing"),
                new Case("many keys", OddFilesTest::manyKeys, "more than 200 keys", "no more are read"),
                new Case(
                        "what comes behind \\u", file -> Files.writeString(file, "name = \\uZZ"), "backslash", "twice"),
                new Case(
                        "UTF-16",
                        file -> Files.writeString(file, "\uFEFFvendor = acme", StandardCharsets.UTF_16BE),
                        "UTF-8"),
                new Case(
                        "UTF-16LE",
                        file -> Files.writeString(file, "\uFEFFvendor = acme", StandardCharsets.UTF_16LE),
                        "UTF-8"),
                new Case(
                        "UTF-16 without a mark",
                        file -> Files.writeString(file, "vendor = acme", StandardCharsets.UTF_16LE),
                        "UTF-8"),
                new Case("nothing", Files::createFile, "vendor: is missing"));
    }

    @BeforeEach
    void write_one() throws IOException {
        write("lobby", "vendor = acme");
    }

    @AfterEach
    void stop() {
        reader.ifPresent(PhoneFolderWatcher::stop);
        built.ifPresent(House::close);
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void an_odd_file_names_itself_once_in_log_and_list_and_stops_no_other_file(Case odd) throws Exception {
        odd.oddity().make(file("odd"));
        start();
        write("zoo", "vendor = acme");
        time.pass(Duration.ofSeconds(30));
        assertThat(live()).containsExactly("lobby", "zoo");
        assertThat(house().fault("odd")).contains(odd.words());
        assertThat(house().log.warnings())
                .singleElement()
                .asString()
                .contains("org.bellwire.phone-odd.cfg")
                .contains(odd.words())
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void an_odd_file_at_the_start_lets_no_stranger_wait(Case odd) throws Exception {
        odd.oddity().make(file("odd"));
        start();
        assertThat(house().get("acme", "/off-hook?mac=001fc1ffffff")).isEqualTo(Reply.UNKNOWN_PHONE);
        assertThat(house().get("acme", "wrong-token", "/off-hook", "192.0.2.99"))
                .isEqualTo(Reply.NOT_FOUND);
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void an_odd_file_that_is_mended_is_a_phone_within_five_seconds(Case odd) throws Exception {
        odd.oddity().make(file("odd"));
        start();
        time.pass(Duration.ofSeconds(10));
        Files.delete(file("odd"));
        write("odd", "vendor = acme");
        time.pass(ALLOWED);
        assertThat(live()).containsExactly("lobby", "odd");
        assertThat(house().fault("odd")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void an_odd_thing_in_the_place_of_a_working_phones_file_takes_it_away_only_when_it_lasts(Case odd)
            throws Exception {
        write("odd", "vendor = acme");
        start();
        time.pass(Duration.ofSeconds(10));
        Files.delete(file("odd"));
        odd.oddity().make(file("odd"));
        time.pass(Duration.ofSeconds(2));
        assertThat(live()).containsExactly("lobby", "odd");
        time.pass(Duration.ofSeconds(3));
        assertThat(live()).containsExactly("lobby");
        assertThat(house().fault("odd")).contains(odd.words());
    }

    @Test
    void a_file_that_may_not_be_read_is_named_and_read_when_it_may() throws IOException {
        write("odd", "vendor = acme");
        forbidden = Set.of(file("odd"));
        start();
        time.pass(Duration.ofSeconds(10));
        assertThat(house().fault("odd")).contains("may not");
        assertThat(house().log.warnings()).hasSize(1);
        forbidden = Set.of();
        time.pass(ALLOWED);
        assertThat(live()).containsExactly("lobby", "odd");
    }

    @Test
    void a_file_without_permission_says_so() throws IOException {
        write("odd", "vendor = acme");
        Files.setPosixFilePermissions(file("odd"), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file("odd")), "root may read everything");
        start();
        assertThat(house().fault("odd")).contains("chmod");
    }

    @Test
    void a_link_whose_way_is_mended_without_a_trace_on_the_link_is_read() throws IOException {
        Path way = folder.resolve("way");
        Files.createSymbolicLink(way, Path.of("way"));
        Files.createSymbolicLink(file("odd"), way.resolve("odd.cfg"));
        start();
        assertThat(house().fault("odd")).contains("cannot be read");
        Files.delete(way);
        Files.createDirectory(way);
        Files.writeString(way.resolve("odd.cfg"), "vendor = acme");
        time.pass(ALLOWED);
        assertThat(live()).containsExactly("lobby", "odd");
    }

    @Test
    void a_file_that_goes_on_growing_beyond_the_bound_is_told_once_and_counted_once() throws IOException {
        size(file("odd"), 100_000);
        start();
        for (int i = 1; i <= 20; i++) {
            size(file("odd"), 100_000L + i * 10_000L);
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(house().log.warnings()).hasSize(1);
        assertThat(counters.count(Limit.PHONE_FILE_SIZE)).isEqualTo(1);
    }

    @Test
    void a_file_that_changes_all_the_time_is_read_nevertheless() throws IOException {
        start();
        for (int i = 1; i <= 60; i++) {
            write("odd", "vendor = acme\n" + "#".repeat(i));
            time.pass(Duration.ofMillis(100));
        }
        assertThat(live()).containsExactly("lobby", "odd");
    }

    @Test
    void a_file_that_is_gone_again_before_the_first_look_lets_no_stranger_wait() throws IOException {
        write("short", "vendor = acme");
        House house = house();
        Files.delete(file("short"));
        start();
        assertThat(house.registry.isIncomplete()).isFalse();
    }

    @Test
    void a_folder_that_is_gone_is_told_once_and_its_phones_stay() throws IOException {
        start();
        Path aside = folder.resolveSibling(folder.getFileName() + "-aside");
        Files.move(folder, aside);
        time.pass(Duration.ofSeconds(30));
        assertThat(live()).containsExactly("lobby");
        assertThat(house().log.warnings()).singleElement().asString().contains(folder.toString(), "cannot be listed");
        Files.move(aside, folder);
        write("desk", "vendor = acme");
        time.pass(ALLOWED);
        assertThat(live()).containsExactly("desk", "lobby");
    }

    @Test
    void names_that_would_break_the_log_are_kept_on_one_line() throws IOException {
        write("a\nERROR: b", "vendor = acme");
        start();
        assertThat(house().log.warnings())
                .singleElement()
                .asString()
                .doesNotContain("\n")
                .contains("file name: ");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 50, 1000, 1200, 2000})
    void a_file_that_is_away_for_a_moment_takes_nothing_away(long millis) throws IOException {
        start();
        house().get("acme", "/incoming-call?phone=lobby&call_id=1");
        Phone before = house().phone("lobby");
        Path aside = folder.resolve("x");
        for (int phase = 0; phase < 1000; phase += 90) {
            time.pass(Duration.ofMillis(phase));
            Files.move(file("lobby"), aside);
            time.pass(Duration.ofMillis(millis));
            Files.move(aside, file("lobby"));
            time.pass(Duration.ofSeconds(5));
        }
        assertThat(house().phone("lobby")).isSameAs(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ven", "vendor", "# a comment", "vendor = acm"})
    void a_file_that_is_written_in_two_steps_takes_nothing_away(String half) throws IOException {
        start();
        Phone before = house().phone("lobby");
        for (int phase = 0; phase < 1000; phase += 90) {
            time.pass(Duration.ofMillis(phase));
            write("lobby", half);
            time.pass(Duration.ofMillis(1200));
            write("lobby", "vendor = acme\n");
            time.pass(Duration.ofSeconds(5));
        }
        assertThat(house().phone("lobby").session()).isSameAs(before.session());
    }

    @Test
    void every_way_that_editors_save_in_is_seen_within_five_seconds() throws IOException {
        start();
        write("lobby", "vendor = acme\nname = written over");
        time.pass(ALLOWED);
        assertThat(name()).isEqualTo("written over");

        Files.writeString(folder.resolve("tmp"), "vendor = acme\nname = renamed");
        Files.move(folder.resolve("tmp"), file("lobby"), StandardCopyOption.ATOMIC_MOVE);
        time.pass(ALLOWED);
        assertThat(name()).isEqualTo("renamed");

        Files.delete(file("lobby"));
        time.pass(Duration.ofMillis(300));
        write("lobby", "vendor = acme\nname = made anew");
        time.pass(ALLOWED);
        assertThat(name()).isEqualTo("made anew");
    }

    @Test
    void a_link_that_leads_to_another_file_just_as_long_and_as_old_is_noticed() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one")).resolve("desk.cfg");
        Path two = Files.createDirectory(folder.resolve("two")).resolve("desk.cfg");
        Files.writeString(one, "vendor = acme\nname = one");
        Files.writeString(two, "vendor = acme\nname = two");
        Files.setLastModifiedTime(two, FileTime.fromMillis(1_700_000_000_000L));
        Files.setLastModifiedTime(one, FileTime.fromMillis(1_700_000_000_000L));
        Files.createSymbolicLink(folder.resolve("now"), Path.of("one"));
        Files.createSymbolicLink(file("desk"), Path.of("now/desk.cfg"));
        start();
        assertThat(house().registry.find("desk").orElseThrow().name()).isEqualTo("one");
        Files.createSymbolicLink(folder.resolve("next"), Path.of("two"));
        Files.move(folder.resolve("next"), folder.resolve("now"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.isSymbolicLink(folder.resolve("now"))).isTrue();
        time.pass(ALLOWED);
        assertThat(house().registry.find("desk").orElseThrow().name()).isEqualTo("two");
    }

    @ParameterizedTest
    @CsvSource({"LF,1", "CRLF,2", "CR,3"})
    void a_byte_order_mark_and_any_line_ends_are_read(String ends, int port) throws IOException {
        String end = ends.replace("CR", "\r").replace("LF", "\n");
        write("desk", "\uFEFFvendor = acme" + end + "name = Büro" + end + "port = " + port);
        start();
        assertThat(house().phone("desk").settings().name()).isEqualTo("Büro");
        assertThat(house().phone("desk").settings().port()).contains(port);
        assertThat(house().log.warnings()).isEmpty();
    }

    @Test
    void backslashes_that_were_not_meant_so_are_named_and_the_phone_works() throws IOException {
        write("desk", "vendor = acme\nuser = DOMAIN\\quist\npassword = ge\\qheim\nname = C:\\\nport = 81\n");
        start();
        assertThat(house().fault("desk"))
                .contains(
                        "user: holds \\q",
                        "write the backslash twice",
                        "name: its line ends with a backslash",
                        "port = ...")
                .contains("password: holds a backslash")
                .doesNotContain("heim");
        assertThat(live()).containsExactly("desk", "lobby");
        assertThat(house().phone("desk").settings().port()).isEmpty();
    }

    private void start() {
        time = new ManualTime();
        PhoneFolderWatcher folderReader = new PhoneFolderWatcher(
                house().registry,
                files(),
                new ConfigurationPlugins(List.of()),
                this::read,
                time.timing(),
                Optional.of(counters));
        folderReader.start();
        reader = Optional.of(folderReader);
        time.pass(Duration.ZERO);
    }

    private byte[] read(Path file) throws UnreadableFileException {
        if (forbidden.contains(file)) {
            throw new UnreadableFileException("may not be read");
        }
        return SmallFile.read(file);
    }

    /** Made late: it awaits the files that there are when it is made. */
    private House house() {
        if (built.isEmpty()) {
            built = Optional.of(new House(files()));
        }
        return built.get();
    }

    private List<String> live() {
        return house().registry.index().all().stream().map(Phone::id).sorted().toList();
    }

    private String name() {
        return house().registry.find("lobby").orElseThrow().name();
    }

    private PhoneFiles files() {
        ConfigurationAdmin none = (ConfigurationAdmin) Proxy.newProxyInstance(
                OddFilesTest.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (self, method, arguments) -> new Configuration[0]);
        return new PhoneFiles(none, Optional.of(folder));
    }

    private Path file(String id) {
        return folder.resolve("org.bellwire.phone-" + id + ".cfg");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(file(id), text);
    }

    private static void linksInACircle(Path file) throws IOException {
        Path other = file.resolveSibling("circle");
        if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(other, file);
        }
        Files.createSymbolicLink(file, other);
    }

    private static void pipe(Path file) throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void socket(Path file) throws IOException {
        Path folder = Files.createTempDirectory("bw"); // a socket's name is short
        Path near = folder.resolve("s");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(near));
            Files.move(near, file);
        }
        Files.delete(folder);
    }

    private static void size(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }

    private static void manyKeys(Path file) throws IOException {
        StringBuilder text = new StringBuilder("vendor = acme\n");
        Stream.iterate(1, i -> i + 1)
                .limit(7999)
                .forEach(i -> text.append('k').append(i).append("\n"));
        Files.writeString(file, text);
    }
}
