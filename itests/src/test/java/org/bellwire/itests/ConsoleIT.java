package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The web page of the distribution, by its JSON and with a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleIT {

    private static final String TOKEN = "tokenOfThePageForTests_123";
    private static final String MAC = "001fc1000301";

    private final Site site = Site.prepared("page");
    private final RecordingPhone phone = RecordingPhone.http();
    private final int port = Loopback.freePort();

    @BeforeAll
    void starts() {
        site.bellwire().set("org.bellwire.console", "port", String.valueOf(port));
        site.bellwire().set("org.bellwire.console", "token", TOKEN);
        site.bellwire()
                .write(PhoneFile.of("p-desk", "htek")
                        .with("name", "Desk of Ada")
                        .with("mac", MAC)
                        .at(phone));
        site.start();
        Waits.atMost(Duration.ofSeconds(30), "the page")
                .until(() -> opens() && get("/api/overview").startsWith("HTTP/1.1 200"));
        Waits.until("the phone", () -> get("/api/phones").contains("p-desk"));
    }

    @AfterAll
    void ends() {
        site.close();
        phone.close();
    }

    private boolean opens() {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A whole answer to a request of these lines. */
    private String sends(String request) {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String request(String method, String path, String headers, String body) {
        return sends(method + " " + path + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body);
    }

    private String own() {
        return "Host: 127.0.0.1:" + port + "\r\n";
    }

    private String get(String path) {
        return request("GET", path, own() + "Authorization: Bearer " + TOKEN + "\r\n", "");
    }

    private static JsonObject json(String answer) {
        return JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n")))
                .getAsJsonObject();
    }

    private void reports(String event, String name) {
        assertThat(site.caller()
                        .reports(
                                "htek",
                                "/" + event + "?mac=" + MAC + "&call_id=c1&remote=sip:5550123@pbx&display_remote="
                                        + name))
                .isEqualTo(200);
    }

    private Browser loggedIn() {
        Browser browser = new Browser(Scratch.folder("browser"));
        browser.opens(link());
        browser.shows("Desk of Ada");
        return browser;
    }

    private String link() {
        return site.bellwire().bellwire("phone:console").output().strip();
    }

    @Test
    void nothing_is_told_without_a_login() {
        assertThat(request("GET", "/api/phones", own(), "")).startsWith("HTTP/1.1 401");
        assertThat(request("GET", "/api/stream", own(), "")).startsWith("HTTP/1.1 401");
        assertThat(request("POST", "/api/session", own(), "{\"token\":\"wrong\"}"))
                .startsWith("HTTP/1.1 401");
        assertThat(request("GET", "/health", own(), "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void foreign_host_and_cross_site_change_are_refused() {
        assertThat(request("GET", "/api/phones", "Host: evil.example\r\nAuthorization: Bearer " + TOKEN + "\r\n", ""))
                .startsWith("HTTP/1.1 403");
        String login = request("POST", "/api/session", own(), "{\"token\":\"" + TOKEN + "\"}");
        String cookie = login.replaceAll("(?s).*Set-Cookie: (bellwire=[^;]+);.*", "Cookie: $1\r\n");
        String csrf = "X-CSRF-Token: " + json(login).get("csrf").getAsString() + "\r\n";
        String path = "/api/phones/p-desk/commands/volume";
        String origin = "Origin: http://127.0.0.1:" + port + "\r\n";
        String body = "{\"value\":\"UP\"}";
        assertThat(request("POST", path, own() + cookie + csrf + "Origin: http://evil.example\r\n", body))
                .startsWith("HTTP/1.1 403");
        assertThat(request("POST", path, own() + cookie + origin, body)).startsWith("HTTP/1.1 403");
        assertThat(request("POST", path, own() + cookie + csrf + origin, body)).contains("\"status\":\"accepted\"");
    }

    @Test
    void page_has_a_strict_policy_and_its_files_may_be_kept() {
        String page = request("GET", "/", own(), "");
        assertThat(page).contains("Content-Security-Policy: default-src 'none'").doesNotContain("unsafe", "<script>");
        String asset = page.replaceAll("(?s).*\"(/assets/[0-9a-f]+/app.js)\".*", "$1");
        assertThat(request("GET", asset, own(), ""))
                .startsWith("HTTP/1.1 200")
                .contains("immutable", "text/javascript");
    }

    @Test
    void call_shows_without_a_reload_and_hostile_name_stays_text() {
        try (Browser browser = loggedIn()) {
            browser.runs("window.sameDocument = true");
            reports("Incoming%20Call", "%3Cimg%20src=x%20onerror=window.broken=1%3E");
            browser.shows("ringing");
            browser.shows("<img src=x onerror=window.broken=1>");
            assertThat(
                            browser.runs(
                                    "return [window.sameDocument, window.broken, document.querySelectorAll('img[src=x]').length]"))
                    .isEqualTo("[true,null,0]");
            reports("Call%20Terminated", "x");
            browser.shows("idle");
        }
    }

    @Test
    void command_from_the_page_reaches_the_phone_and_its_result_shows() {
        try (Browser browser = loggedIn()) {
            browser.runs("location.hash = '#/phone/p-desk'");
            browser.shows("Last events");
            int before = phone.requests().size();
            browser.clicks("button", "redial");
            browser.shows("accepted");
            assertThat(phone.requests()).hasSizeGreaterThan(before);
        }
    }

    @Test
    void refused_request_shows_with_its_reason() {
        try (Browser browser = loggedIn()) {
            browser.runs("location.hash = '#/flow'");
            assertThat(site.caller().withToken("wrongwrongwrongwrongwrong").reports("htek", "/x"))
                    .isEqualTo(404);
            browser.shows("wrong vendor or token");
        }
    }

    @Test
    void wrong_login_stays_out_and_a_link_works_once() {
        String link = link();
        try (Browser browser = new Browser(Scratch.folder("browser"))) {
            browser.opens(link.replaceAll("#.*", ""));
            browser.shows("Token");
            browser.runs("document.querySelector('#token').value = 'wrong';"
                    + " document.querySelector('form').requestSubmit()");
            browser.shows("the token or link is wrong");
            browser.opens("about:blank");
            browser.opens(link);
            browser.shows("Desk of Ada");
            browser.clicks("button", "Log out");
            browser.shows("Token");
            browser.opens("about:blank");
            browser.opens(link);
            browser.shows("the token or link is wrong");
        }
    }
}
