package org.bellwire.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.support.CommandException;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.SettingsPush;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPusherTest {

    private static final String TOKEN = "abcdefghijklmnopqrstuv";
    private static final String RING = "http://10.0.0.1:8087/action/acme/" + TOKEN + "/ring?mac=$mac";
    private static final String HOOK = "http://10.0.0.1:8087/action/acme/" + TOKEN + "/hook?mac=$mac";
    private static final Gateway GATEWAY = new Gateway() {
        @Override
        public String host() {
            return "10.0.0.1";
        }

        @Override
        public int port() {
            return 8087;
        }

        @Override
        public Secret token() {
            return new Secret(TOKEN);
        }
    };

    @TempDir
    private Path folder = Path.of("");

    private final Phone phone = new Phone();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void fill() {
        phone.settings.putAll(
                Map.of("ring_url", "http://other.example/x?token=s3cret", "hook_url", "", "language", "English"));
    }

    private SettingsPusher pusher() {
        return new SettingsPusher(
                phone,
                new PushedSettings(folder, new PhoneId("lobby")),
                "lobby",
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void only_what_differs_is_written_and_shown_without_tokens() throws Exception {
        phone.settings.put("hook_url", HOOK);
        pusher().push(GATEWAY);
        assertThat(phone.written).containsExactly("ring_url");
        assertThat(phone.settings).containsEntry("ring_url", RING).containsEntry("language", "English");
        assertThat(shown())
                .contains("ring_url: http://other.example/... -> http://10.0.0.1:8087/action/acme/.../ring?mac=$mac")
                .contains("1 settings were written and read back")
                .doesNotContain(TOKEN)
                .doesNotContain("s3cret");
    }

    @Test
    void a_phone_that_has_it_all_is_left_alone() throws Exception {
        phone.settings.putAll(Map.of("ring_url", RING, "hook_url", HOOK));
        pusher().push(GATEWAY);
        assertThat(phone.written).isEmpty();
        assertThat(shown()).contains("nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_setting_that_the_phone_does_not_show_is_left_out() throws Exception {
        phone.settings.remove("hook_url");
        pusher().push(GATEWAY);
        assertThat(phone.written).containsExactly("ring_url");
        assertThat(shown()).contains("left out, since the phone does not show them: hook_url");
    }

    @Test
    void restore_writes_again_what_was_there_before_the_first_push() throws Exception {
        pusher().push(GATEWAY);
        phone.wanted.put("ring_url", RING + "&x=$x");
        pusher().push(GATEWAY);
        phone.written.clear();
        pusher().restore();
        assertThat(phone.written).containsExactlyInAnyOrder("ring_url", "hook_url");
        assertThat(phone.settings)
                .containsEntry("ring_url", "http://other.example/x?token=s3cret")
                .containsEntry("hook_url", "")
                .containsEntry("language", "English");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> pusher().restore())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("nothing to undo");
    }

    @Test
    void restore_leaves_what_somebody_changed_meanwhile() throws Exception {
        pusher().push(GATEWAY);
        phone.settings.put("ring_url", "http://third.example/");
        phone.written.clear();
        pusher().restore();
        assertThat(phone.written).containsExactly("hook_url");
        assertThat(phone.settings).containsEntry("ring_url", "http://third.example/");
        assertThat(shown()).contains("ring_url: left as it is");
    }

    @Test
    void what_is_kept_is_for_bellwires_user_alone_and_holds_no_token_of_ours() throws Exception {
        pusher().push(GATEWAY);
        Path file = folder.resolve("lobby.txt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().doesNotContain(TOKEN).contains("ring_url\thttp%3A%2F%2Fother.example");
    }

    @Test
    void a_setting_that_is_not_taken_is_said() {
        phone.deaf.add("ring_url");
        assertThatThrownBy(() -> pusher().push(GATEWAY))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("1 of 2 settings were taken");
        assertThat(shown()).contains("ring_url: http://other.example/... -> not taken");
    }

    @Test
    void a_refusal_ends_it_and_what_was_there_is_kept() throws Exception {
        phone.refusal = Optional.of("the phone refuses user and password");
        assertThatThrownBy(() -> pusher().push(GATEWAY)).hasMessageContaining("refuses user and password");
        assertThat(phone.written).hasSize(1);
        phone.refusal = Optional.empty();
        pusher().restore();
        assertThat(phone.settings).containsEntry("ring_url", "http://other.example/x?token=s3cret");
    }

    @Test
    void a_phone_that_cannot_be_read_is_not_written() {
        phone.fault = Optional.of("no answer");
        assertThatThrownBy(() -> pusher().push(GATEWAY)).hasMessageContaining("no answer; nothing was written");
        phone.fault = Optional.empty();
        phone.settings.clear();
        assertThatThrownBy(() -> pusher().push(GATEWAY)).hasMessageContaining("shows none of these settings");
        assertThat(phone.written).isEmpty();
    }

    /** A phone in memory. */
    private static final class Phone implements SettingsPush {
        private final Map<String, String> settings = new HashMap<>();
        private final Map<String, String> wanted = new LinkedHashMap<>(Map.of("ring_url", RING, "hook_url", HOOK));
        private final List<String> written = new ArrayList<>();
        private final List<String> deaf = new ArrayList<>();
        private Optional<String> fault = Optional.empty();
        private Optional<String> refusal = Optional.empty();

        @Override
        public Optional<String> objection(String phone) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> wanted(String phone, Gateway gateway) {
            return wanted;
        }

        @Override
        public CompletionStage<Present> read(String phone, Set<String> names) {
            Map<String, String> some = new HashMap<>(settings);
            some.keySet().retainAll(names);
            return CompletableFuture.completedFuture(new Present(fault.isPresent() ? Map.of() : some, fault));
        }

        @Override
        public CompletionStage<Optional<String>> write(String phone, String name, String value) {
            written.add(name);
            if (refusal.isEmpty() && !deaf.contains(name)) {
                settings.put(name, value);
            }
            return CompletableFuture.completedFuture(refusal);
        }
    }
}
