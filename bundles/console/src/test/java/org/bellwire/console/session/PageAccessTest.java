package org.bellwire.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.config.Secret;
import org.bellwire.console.http.PageRequest;
import org.bellwire.console.http.WebAnswer;
import org.junit.jupiter.api.Test;

final class PageAccessTest {

    private static final String TOKEN = "theTokenOfThePage_1234567";
    private static final String OWN = "127.0.0.1:8181";

    private final AtomicLong nanos = new AtomicLong();
    private final SessionTable sessions = new SessionTable(nanos::get);
    private final PageAccess door = new PageAccess(sessions, ConsoleSettings.DEFAULT, new Secret(TOKEN), nanos::get);

    private static PageRequest request(String method, Map<String, String> headers, String body) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", OWN);
        all.putAll(headers);
        return new PageRequest(
                method,
                List.of("api", "inbox"),
                name -> Optional.ofNullable(all.get(name)),
                name -> Optional.empty(),
                "127.0.0.1",
                body);
    }

    private WebAnswer login(String body) {
        return door.login(request("POST", Map.of(), body));
    }

    private static String right() {
        return "{\"token\":\"" + TOKEN + "\"}";
    }

    private static String cookie(WebAnswer login) {
        return String.valueOf(login.headers().get("Set-Cookie")).split(";")[0];
    }

    private static String csrf(WebAnswer login) {
        return JsonParser.parseString(login.text())
                .getAsJsonObject()
                .get("csrf")
                .getAsString();
    }

    private int status(String method, Map<String, String> headers) {
        return door.refuse(request(method, headers, "")).map(WebAnswer::status).orElse(200);
    }

    @Test
    void right_token_sets_a_cookie_that_no_script_and_no_other_site_has() {
        WebAnswer answer = login(right());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Set-Cookie")).contains("; HttpOnly").contains("; SameSite=Strict");
        assertThat(csrf(answer)).hasSizeGreaterThan(20);
    }

    @Test
    void wrong_token_stays_out() {
        assertThat(login("{\"token\":\"wrong\"}").status()).isEqualTo(401);
        assertThat(login("nonsense").status()).isEqualTo(400);
        assertThat(status("GET", Map.of())).isEqualTo(401);
        assertThat(status("GET", Map.of("Cookie", "bellwire=guessed"))).isEqualTo(401);
    }

    @Test
    void session_may_read_with_its_cookie_alone() {
        assertThat(status("GET", Map.of("Cookie", cookie(login(right()))))).isEqualTo(200);
    }

    @Test
    void change_needs_csrf_token_and_own_origin() {
        WebAnswer login = login(right());
        Map<String, String> whole =
                Map.of("Cookie", cookie(login), "X-CSRF-Token", csrf(login), "Origin", "http://" + OWN);
        assertThat(status("POST", whole)).isEqualTo(200);
        for (String left : List.of("X-CSRF-Token", "Origin")) {
            Map<String, String> less = new TreeMap<>(whole);
            less.remove(left);
            assertThat(status("POST", less)).as("without " + left).isEqualTo(403);
        }
        Map<String, String> foreign = new TreeMap<>(whole);
        foreign.put("Origin", "http://evil.example");
        assertThat(status("POST", foreign)).isEqualTo(403);
        foreign.put("Origin", "null");
        assertThat(status("POST", foreign)).isEqualTo(403);
    }

    @Test
    void script_shows_the_token_and_needs_no_origin() {
        assertThat(status("POST", Map.of("Authorization", "Bearer " + TOKEN))).isEqualTo(200);
        assertThat(status("POST", Map.of("Authorization", "Bearer " + TOKEN + "x")))
                .isEqualTo(401);
        assertThat(status("POST", Map.of("Authorization", "Bearer " + TOKEN, "Origin", "http://evil.example")))
                .isEqualTo(403);
    }

    @Test
    void foreign_name_of_this_server_is_refused() {
        assertThat(door.foreign(request("GET", Map.of("Host", "evil.example:8181"), "")))
                .isPresent();
        assertThat(door.foreign(request("GET", Map.of("Host", ""), ""))).isPresent();
        for (String own : List.of("127.0.0.1:8181", "localhost:8181", "[::1]:8181", "192.168.1.5")) {
            assertThat(door.foreign(request("GET", Map.of("Host", own), "")))
                    .as(own)
                    .isEmpty();
        }
    }

    @Test
    void login_of_another_site_is_refused() {
        assertThat(door.login(request("POST", Map.of("Origin", "http://evil.example"), right()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void guessing_is_throttled_and_forgiven_with_time() {
        for (int i = 0; i < 10; i++) {
            assertThat(login("{\"token\":\"wrong\"}").status()).isEqualTo(401);
        }
        assertThat(login("{\"token\":\"wrong\"}").status()).isEqualTo(401);
        assertThat(login(right()).status()).isEqualTo(429);
        assertThat(status("GET", Map.of("Authorization", "Bearer " + TOKEN))).isEqualTo(429);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(login(right()).status()).isEqualTo(200);
    }

    @Test
    void session_ends_when_it_is_not_used_and_in_any_case() {
        Map<String, String> cookie = Map.of("Cookie", cookie(login(right())));
        for (int hour = 0; hour < 11; hour++) {
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(59));
            assertThat(status("GET", cookie)).isEqualTo(200);
        }
        nanos.addAndGet(TimeUnit.HOURS.toNanos(2));
        assertThat(status("GET", cookie)).isEqualTo(401);
        Map<String, String> busy = Map.of("Cookie", cookie(login(right())));
        for (int i = 0; i < 15; i++) {
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(50));
            status("GET", busy);
        }
        assertThat(status("GET", busy)).isEqualTo(401);
    }

    @Test
    void link_logs_in_once_and_not_for_long() {
        String link = "{\"link\":\"" + sessions.link() + "\"}";
        assertThat(login(link).status()).isEqualTo(200);
        assertThat(login(link).status()).isEqualTo(401);
        String late = "{\"link\":\"" + sessions.link() + "\"}";
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(11));
        assertThat(login(late).status()).isEqualTo(401);
    }

    @Test
    void link_logs_in_while_somebody_guesses_tokens() {
        for (int i = 0; i < 20; i++) {
            login("{\"token\":\"wrong\"}");
        }
        assertThat(login(right()).status()).isEqualTo(429);
        assertThat(login("{\"link\":\"guessed\"}").status()).isEqualTo(429);
        assertThat(login("{\"link\":\"" + sessions.link() + "\"}").status()).isEqualTo(200);
    }

    @Test
    void logout_ends_the_session() {
        WebAnswer login = login(right());
        door.logout(request("DELETE", Map.of("Cookie", cookie(login)), ""));
        assertThat(status("GET", Map.of("Cookie", cookie(login)))).isEqualTo(401);
    }

    @Test
    void more_sessions_than_are_kept_put_out_the_oldest() {
        Map<String, String> first = Map.of("Cookie", cookie(login(right())));
        for (int i = 0; i < SessionTable.MOST; i++) {
            login(right());
        }
        assertThat(status("GET", first)).isEqualTo(401);
    }

    @Test
    void nobody_needs_to_log_in_on_loopback_if_the_file_says_so() {
        ConsoleSettings open = ConsoleSettings.read(Map.of("token", "none"));
        PageAccess any = new PageAccess(sessions, open, new Secret(TOKEN), nanos::get);
        assertThat(any.refuse(request("GET", Map.of(), ""))).isEmpty();
        assertThat(any.refuse(request("POST", Map.of("Origin", "http://evil.example"), "")))
                .isPresent();
    }
}
