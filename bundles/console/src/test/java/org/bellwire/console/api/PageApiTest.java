package org.bellwire.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.UnknownPhones;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.bellwire.console.session.ConsoleSettings;
import org.bellwire.console.session.PageAccess;
import org.bellwire.console.session.SessionTable;
import org.bellwire.console.view.ConsolePorts;
import org.bellwire.console.view.PageSources;
import org.bellwire.console.view.PhoneHistory;
import org.bellwire.console.view.SeenEvents;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;

final class PageApiTest {

    private static final String TOKEN = "theTokenOfThePage_1234567";
    private static final String SECRET = "the-password-of-the-phone";

    private final SessionTable sessions = new SessionTable(System::nanoTime);
    private final PageAccess door =
            new PageAccess(sessions, ConsoleSettings.DEFAULT, new Secret(TOKEN), System::nanoTime);
    private final Map<String, String> changed = new TreeMap<>();
    private final PageApi api = new PageApi(
            () -> door,
            new PageSources(
                    this::ports, new PhoneHistory(), new SeenEvents(Path.of("nowhere", "seen.txt")), () -> "{}"),
            new PageFiles(),
            Runnable::run);

    private ConsolePorts ports() {
        return new ConsolePorts(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OneUnknownPhone()),
                Optional.of(new OneFile()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OneSimulatedPhone()));
    }

    private final class OneFile implements PhoneFileEditor {
        @Override
        public List<String> keys() {
            return List.of("name", "password");
        }

        @Override
        public Set<String> secretKeys() {
            return Set.of("password");
        }

        @Override
        public Set<String> ids() {
            return Set.of("desk");
        }

        @Override
        public Optional<Map<String, String>> read(String id) {
            return Optional.of(Map.of("name", "Desk", "password", SECRET));
        }

        @Override
        public List<String> check(String id, Map<String, String> values) {
            return List.of();
        }

        @Override
        public String create(String id, Map<String, String> values) {
            return "org.bellwire.phone-" + id + ".cfg";
        }

        @Override
        public String change(String id, Map<String, String> changes) throws NotWritten {
            if (changes.containsKey("mac")) {
                throw new NotWritten("mac: is no MAC address");
            }
            changed.putAll(changes);
            return "org.bellwire.phone-" + id + ".cfg";
        }

        @Override
        public String delete(String id) {
            return "org.bellwire.phone-" + id + ".cfg";
        }
    }

    private static final class OneUnknownPhone implements UnknownPhones {
        private final UnknownPhone phone = new UnknownPhone(
                "htek",
                Optional.of("00:1f:c1:00:00:01"),
                "192.0.2.7",
                false,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                SiteId.OWN);

        @Override
        public List<UnknownPhone> all() {
            return List.of(phone);
        }

        @Override
        public Adopted adopt(Adoption adoption) {
            String id = adoption.id().orElse("made");
            return new Adopted(id, id, phone, Optional.empty(), "org.bellwire.phone-" + id + ".cfg");
        }
    }

    private static final class OneSimulatedPhone implements SimulatedPhones {
        @Override
        public List<Simulated> all() {
            return List.of();
        }

        @Override
        public CompletionStage<Report> report(String phone, String event) {
            return CompletableFuture.completedFuture(Report.answered(200, "sent"));
        }
    }

    private WebAnswer answer(String method, String path, Map<String, String> headers, String body) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", "127.0.0.1:8181");
        all.putAll(headers);
        return api.answer(new PageRequest(
                        method,
                        Stream.of(path.split("/"))
                                .filter(part -> !part.isEmpty())
                                .toList(),
                        name -> Optional.ofNullable(all.get(name)),
                        name -> Optional.empty(),
                        "192.0.2.9",
                        body))
                .toCompletableFuture()
                .getNow(WebAnswer.problem(599, "late"));
    }

    private WebAnswer asScript(String method, String path, String body) {
        return answer(method, path, Map.of("Authorization", "Bearer " + TOKEN), body);
    }

    private static String path(String described) {
        return described.substring(described.indexOf(' ') + 1).replaceAll("\\{[a-z]+}", "x");
    }

    @Test
    void no_call_but_the_login_is_answered_without_one() {
        api.described().stream()
                .filter(call -> !call.equals("POST /api/session"))
                .forEach(call -> assertThat(answer(call.substring(0, call.indexOf(' ')), path(call), Map.of(), "{}")
                                .status())
                        .as(call)
                        .isEqualTo(401));
    }

    @Test
    void no_change_is_made_by_the_cookie_alone() {
        Map<String, String> cookie =
                Map.of("Cookie", PageAccess.COOKIE + "=" + sessions.open().id());
        List<String> changes = api.described().stream()
                .filter(call -> !call.startsWith("GET ") && !call.equals("POST /api/session"))
                .toList();
        assertThat(changes).hasSizeGreaterThan(4);
        changes.forEach(call -> assertThat(answer(call.substring(0, call.indexOf(' ')), path(call), cookie, "{}")
                        .status())
                .as(call)
                .isEqualTo(403));
        assertThat(changed).isEmpty();
    }

    @Test
    void no_change_is_made_by_get() {
        api.described().stream()
                .filter(call -> call.startsWith("POST ") && !api.described().contains("GET " + path(call)))
                .filter(call -> !call.equals("POST /api/session") && !call.endsWith("/file"))
                .forEach(call -> assertThat(asScript("GET", path(call), "").status())
                        .as(call)
                        .isEqualTo(405));
    }

    @Test
    void secret_of_a_file_can_be_written_and_not_read() {
        assertThat(asScript("GET", "/api/phones/desk/file", "").text())
                .doesNotContain(SECRET)
                .contains("\"set\":[\"password\"]");
        asScript("POST", "/api/phones/desk/file", "{\"password\":\"another-secret\"}");
        assertThat(changed).containsEntry("password", "another-secret");
    }

    @Test
    void wrong_value_of_a_file_is_refused_in_the_words_of_the_file() {
        WebAnswer answer = asScript("POST", "/api/phones/desk/file", "{\"mac\":\"nonsense\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(JsonParser.parseString(answer.text())
                        .getAsJsonObject()
                        .get("error")
                        .getAsString())
                .isEqualTo("mac: is no MAC address");
    }

    @Test
    void each_change_is_a_line_of_the_audit_log_without_secrets() {
        try (CapturedLog log = new CapturedLog()) {
            answer("POST", "/api/session", Map.of(), "{\"token\":\"" + TOKEN + "\"}");
            answer("POST", "/api/session", Map.of(), "{\"token\":\"guessed\"}");
            asScript("POST", "/api/phones/desk/file", "{\"name\":\"x\",\"password\":\"another-secret\"}");
            asScript("POST", "/api/inbox/001fc1000001/adopt", "{\"id\":\"lobby\"}");
            asScript("POST", "/api/simulated/desk/Incoming Call", "");
            asScript("DELETE", "/api/session", "");
            assertThat(log.with("org.bellwire.audit"))
                    .hasSize(6)
                    .allMatch(line -> line.contains("console (192.0.2.9)"))
                    .anyMatch(line -> line.endsWith("login ok"))
                    .anyMatch(line -> line.endsWith("login refused"))
                    .anyMatch(line -> line.endsWith("changed name, password of org.bellwire.phone-desk.cfg"))
                    .anyMatch(line -> line.endsWith("adopted 001fc1000001 as lobby"))
                    .anyMatch(line -> line.endsWith("desk simulates Incoming Call"))
                    .anyMatch(line -> line.endsWith("logout"));
            assertThat(log.lines()).noneMatch(line -> line.contains("another-secret") || line.contains(TOKEN));
        }
    }

    @Test
    void documentation_is_there_without_a_network() {
        WebAnswer topics = answer("GET", "/docs/topics.html", Map.of(), "");
        assertThat(topics.text()).contains("bellwire/", "site.css");
        assertThat(topics.type()).startsWith("text/html");
        assertThat(answer("GET", "/docs/pictures/console.png", Map.of(), "").type())
                .isEqualTo("image/png");
        assertThat(answer("GET", "/docs", Map.of(), "").headers()).containsEntry("Location", "/docs/index.html");
        for (String other : List.of("none.html", "decisions", "../page/openapi.json", ".x/topics.html")) {
            assertThat(answer("GET", "/docs/" + other, Map.of(), "").status())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @Test
    void first_paint_is_small() {
        String page = answer("GET", "/", Map.of(), "").text();
        String folder = page.replaceAll("(?s).*\"(/assets/[0-9a-f]+/)app.js\".*", "$1");
        int bytes = page.length();
        for (String name : List.of(
                "app.js",
                "text.js",
                "api.js",
                "phones.js",
                "phone.js",
                "flow.js",
                "overview.js",
                "inbox.js",
                "parts.js",
                "style.css",
                "icon.svg",
                "lib/lit-html.js",
                "lib/directive.js",
                "lib/directive-helpers.js",
                "lib/directives/repeat.js")) {
            WebAnswer file = answer("GET", folder + name, Map.of(), "");
            assertThat(file.status()).as(name).isEqualTo(200);
            assertThat(file.headers().get("Cache-Control")).contains("immutable");
            bytes += file.body().length;
        }
        System.out.printf("figure: first paint of the page: %d bytes%n", bytes);
        assertThat(bytes).isLessThan(120 * 1024);
    }
}
