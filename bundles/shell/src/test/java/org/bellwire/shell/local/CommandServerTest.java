package org.bellwire.shell.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bellwire.shell.Shell;
import org.bellwire.shell.ShownPhones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandServerTest {

    @TempDir
    Path folder;

    private final Shell shell = new Shell();

    @BeforeEach
    void fill() {
        shell.bindings.add(ShownPhones.acme());
        shell.phones.add(ShownPhones.lobby());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void command_runs_and_its_output_and_status_come_back() {
        try (Instance instance = new Instance(folder)) {
            Answer answer = instance.ask("phone:list");

            assertThat(answer.status()).isZero();
            assertThat(answer.out()).contains("lobby | acme");
            assertThat(answer.err()).isEmpty();
        }
    }

    @Test
    void width_of_the_clients_terminal_counts() {
        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask(new CommandProtocol.Request(60, false, "/", List.of("phone:list")))
                            .out())
                    .contains("Last event")
                    .doesNotContain("What is wrong");
        }
    }

    @Test
    void failed_command_has_status_1_and_its_message_on_the_error_output() {
        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask("phone:show", "attic"))
                    .isEqualTo(new Answer(1, "", "no phone 'attic'; there are: lobby\n"));
        }
    }

    @Test
    void unknown_command_has_status_2() {
        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask("phone:lost", "x"))
                    .isEqualTo(new Answer(2, "", "Command not found: phone:lost; 'bin/bellwire help' lists all\n"));
        }
    }

    @Test
    void karafs_colours_are_left_out() {
        try (Instance instance = new Instance(folder)) {
            Answer help = instance.ask("phone:show", "--help");
            Answer wrong = instance.ask("phone:urls", "a", "b");

            assertThat(help.out()).contains("SYNTAX").doesNotContain("\u001b");
            assertThat(wrong)
                    .isEqualTo(new Answer(2, "", "Error executing command phone:urls: too many arguments specified\n"));
        }
    }

    @Test
    void one_word_is_a_line_of_the_console() {
        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask("phone:list | grep lobby").out())
                    .contains("lobby")
                    .doesNotContain("Vendor");
        }
    }

    @Test
    void socket_is_for_its_owner_only() throws IOException {
        try (Instance instance = new Instance(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instance.socket())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void socket_of_a_killed_instance_is_replaced() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        assertThat(ask(socket, new CommandProtocol.Request(0, false, "/", List.of("phone:list")))
                        .status())
                .isEqualTo(CommandClient.NO_INSTANCE);

        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask("phone:list").status()).isZero();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void socket_in_a_folder_with_a_long_name_works() throws IOException {
        Path far = Files.createDirectories(folder.resolve("f".repeat(90)).resolve("g".repeat(90)));
        Path near = folder.resolve("near");
        Files.createSymbolicLink(near, far);
        try (Instance instance = new Instance(far)) {
            assertThat(instance.socket()).exists();
            assertThat(ask(near.resolve("socket"), new CommandProtocol.Request(0, false, "/", List.of("phone:list")))
                            .status())
                    .isZero();
        }
    }

    @Test
    void ninth_command_at_once_is_refused() {
        shell.result = new CompletableFuture<>();
        List<SocketChannel> clients = new ArrayList<>();
        try (Instance instance = new Instance(folder)) {
            for (int i = 0; i < 8; i++) {
                clients.add(start(instance.socket(), "phone:dial", "lobby", "42"));
            }
            await().until(() -> shell.orders.size() == 8);

            assertThat(instance.ask("phone:list"))
                    .isEqualTo(new Answer(1, "", "busy: 8 commands are running; try again\n"));
        } finally {
            clients.forEach(CommandServerTest::end);
        }
    }

    @Test
    void command_ends_when_its_client_does() {
        shell.result = new CompletableFuture<>();
        try (Instance instance = new Instance(folder)) {
            SocketChannel client = start(instance.socket(), "phone:dial", "lobby", "42");
            await().until(() -> instance.isRunning("bellwire-shell-1"));

            end(client);

            await().until(() -> !instance.isRunning("bellwire-shell-1"));
        }
    }

    @Test
    void garbage_is_answered_and_harms_nobody() throws IOException {
        try (Instance instance = new Instance(folder);
                SocketChannel client = connect(instance.socket())) {
            CommandProtocol.write(client, "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(CommandProtocol.frameHead(client).get()).isEqualTo(CommandProtocol.ERR);
            assertThat(instance.ask("phone:list").status()).isZero();
        }
    }

    @Test
    void client_whose_reader_went_away_ends_without_a_word() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (Instance instance = new Instance(folder)) {
            int status = new CommandClient(closed, new PrintStream(err, true, StandardCharsets.UTF_8))
                    .run(
                            instance.socket().toString(),
                            new CommandProtocol.Request(0, false, "/", List.of("phone:list")));

            assertThat(status).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @Test
    void command_longer_than_64_kib_is_not_sent() {
        try (Instance instance = new Instance(folder)) {
            assertThat(instance.ask("phone:send", "lobby", "text", "x".repeat(70_000))
                            .status())
                    .isEqualTo(2);
        }
    }

    @Test
    void no_thread_is_left_behind() {
        try (Instance instance = new Instance(folder)) {
            instance.ask("phone:list");
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("bellwire-shell")));
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private static SocketChannel start(Path socket, String... words) {
        try {
            SocketChannel channel = connect(socket);
            CommandProtocol.write(
                    channel, CommandProtocol.encode(new CommandProtocol.Request(0, false, "/", List.of(words))));
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, String out, String err) {}

    private static Answer ask(Path socket, CommandProtocol.Request request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new CommandClient(out, new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(socket.toString(), request);
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A running instance. */
    private final class Instance implements AutoCloseable {
        private final Path folder;
        private final CommandServer running;

        Instance(Path folder) {
            this.folder = folder;
            this.running = new CommandServer(shell.factory(), folder);
            running.open();
        }

        Path socket() {
            return folder.resolve("socket");
        }

        Answer ask(String... words) {
            return ask(new CommandProtocol.Request(0, false, "/", List.of(words)));
        }

        Answer ask(CommandProtocol.Request request) {
            return CommandServerTest.ask(socket(), request);
        }

        boolean isRunning(String thread) {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(candidate -> candidate.getName().startsWith(thread));
        }

        @Override
        public void close() {
            running.close();
            await().until(() -> !isRunning("bellwire-shell"));
        }
    }
}
