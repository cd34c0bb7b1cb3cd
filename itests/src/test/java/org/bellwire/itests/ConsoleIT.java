package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The web page of the distribution beside many phones, by its JSON and with a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleIT {

    private static final String HOSTILE = "<img src=x onerror=window.broken=1>";

    private final PageHouse house = new PageHouse();
    private final PageClient page = house.page();

    @BeforeAll
    void starts() throws IOException {
        house.starts();
    }

    @AfterAll
    void ends() {
        house.close();
    }

    @Test
    void nothing_is_told_without_a_login() {
        assertThat(page.request("GET", "/api/phones", page.own(), "")).startsWith("HTTP/1.1 401");
        assertThat(page.request("GET", "/api/stream", page.own(), "")).startsWith("HTTP/1.1 401");
        assertThat(page.request("POST", "/api/session", page.own(), "{\"token\":\"wrong\"}"))
                .startsWith("HTTP/1.1 401");
        assertThat(page.request("GET", "/health", page.own(), "")).startsWith("HTTP/1.1 200");
        assertThat(page.request("GET", "/metrics", page.own(), "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void foreign_host_and_cross_site_change_are_refused() {
        assertThat(page.request("GET", "/api/phones", "Host: evil.example\r\n" + PageClient.bearer(), ""))
                .startsWith("HTTP/1.1 403");
        assertThat(page.request("GET", "/", "Host: evil.example:8181\r\n", "")).startsWith("HTTP/1.1 403");
        PageClient.Login login = page.login();
        String path = "/api/phones/a-desk/commands/volume";
        String body = "{\"value\":\"UP\"}";
        String whole = page.own() + login.cookie() + login.csrf();
        assertThat(page.request("POST", path, whole + "Origin: http://evil.example\r\n", body))
                .startsWith("HTTP/1.1 403");
        assertThat(page.request("POST", path, whole, body)).startsWith("HTTP/1.1 403");
        assertThat(page.request("POST", path, page.own() + login.cookie() + page.origin(), body))
                .startsWith("HTTP/1.1 403");
        assertThat(page.request("POST", path, whole + page.origin(), body)).contains("\"status\":\"accepted\"");
        assertThat(house.site().bellwire().logged("phone a-desk: volume from console (127.0.0.1): accepted"))
                .isNotEmpty();
    }

    @Test
    void page_has_a_strict_policy_and_its_files_may_be_kept() {
        String answer = page.request("GET", "/", page.own(), "");
        assertThat(answer)
                .contains("Content-Security-Policy: default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "<script>", "style=");
        String asset = answer.replaceAll("(?s).*\"(/assets/[0-9a-f]+/app.js)\".*", "$1");
        assertThat(page.request("GET", asset, page.own(), ""))
                .startsWith("HTTP/1.1 200")
                .contains("immutable", "text/javascript");
    }

    @Test
    void secret_of_a_phones_file_does_not_leave_the_server() {
        for (String path : List.of("", "/file", "/setup")) {
            assertThat(page.get("/api/phones/a-desk" + path))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("never-shown-1", PageClient.TOKEN);
        }
    }

    @Test
    void more_streams_than_there_may_be_are_refused() throws IOException {
        String asks = "GET /api/stream HTTP/1.1\r\n" + page.own() + PageClient.bearer() + "\r\n";
        List<Socket> streams = new ArrayList<>();
        try {
            for (String status = "200"; status.equals("200") && streams.size() <= 60; ) {
                Socket socket = page.asks(asks);
                streams.add(socket);
                byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
                status = new String(head, StandardCharsets.UTF_8).substring("HTTP/1.1 ".length());
                if (status.equals("200")) {
                    socket.getInputStream().readNBytes(200); // its first words: it has joined
                }
            }
            assertThat(streams).hasSizeBetween(40, 51);
            assertThat(page.get("/health")).contains("page_streams");
        } finally {
            for (Socket socket : streams) {
                socket.close();
            }
        }
    }

    @Test
    void call_shows_at_once_without_a_reload_and_hostile_name_stays_text() {
        try (Browser browser = house.loggedIn()) {
            browser.runs("window.sameDocument = true; window.changes = [];"
                    + " new MutationObserver(() => { const now = document.querySelector('.all .row .badge').textContent;"
                    + " if (window.last !== now) window.changes.push([window.last = now, Date.now()]); })"
                    + ".observe(document.body, {subtree: true, childList: true, characterData: true})");
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                long begin = Long.parseLong(browser.runs("return String(Date.now())"));
                house.reports("Incoming%20Call", i, "Grace");
                long shown = Long.parseLong(first_row_becomes(browser, "ringing"));
                took.add(shown - begin);
                house.reports("Call%20Terminated", i, "Grace");
                first_row_becomes(browser, "idle");
            }
            long median = took.stream().sorted().toList().get(took.size() / 2);
            System.out.printf("figure: a call shows on the page after %d ms (median of %s)%n", median, took);
            assertThat(median).isLessThan(3000);
            house.reports("Incoming%20Call", 99, "%3Cimg%20src=x%20onerror=window.broken=1%3E");
            stays_text(browser, "");
            stays_text(browser, "#/phone/a-desk");
            stays_text(browser, "#/flow");
            house.reports("Call%20Terminated", 99, "x");
        }
    }

    /** When, by the page's clock. */
    private static String first_row_becomes(Browser browser, String state) {
        Waits.until(
                "the first phone is " + state,
                () -> browser.runs("return String(window.last)").equals(state));
        return browser.runs("return String(window.changes[window.changes.length - 1][1])");
    }

    private static void stays_text(Browser browser, String view) {
        browser.runs("location.hash = arguments[0]", view);
        browser.shows(HOSTILE);
        assertThat(browser.runs(
                        "return [window.sameDocument, window.broken, document.querySelectorAll('img[src=x]').length]"))
                .isEqualTo("[true,null,0]");
    }

    @Test
    void command_reaches_the_simulated_phone_and_its_confirmation_shows() {
        try (Browser browser = house.loggedIn()) {
            browser.runs("location.hash = '#/phone/b-reception'");
            browser.shows("Commands");
            browser.runs("const form = document.querySelector('#c-dial').form; form.elements.value.value = '42';"
                    + " form.requestSubmit()");
            browser.shows("confirmed");
            browser.shows("dialing");
            browser.clicks("button", "hangup");
            browser.shows("idle");
            browser.clicks("button", "Ring");
            browser.shows("ringing");
            browser.clicks("button", "Pick up");
            browser.shows("in a call");
            browser.clicks("button", "Hang up");
            browser.shows("answered");
        }
    }

    @Test
    void file_is_edited_with_the_messages_of_the_file() {
        try (Browser browser = house.loggedIn()) {
            browser.runs("location.hash = '#/phone/b-reception'");
            browser.shows("Commands");
            browser.clicks("button", "File");
            browser.shows("org.bellwire.phone-b-reception.cfg");
            edits(browser, "mac", "nonsense");
            browser.shows("mac: ");
            edits(browser, "mac", "020000000001");
            edits(browser, "name", "Front desk");
            browser.shows("Saved");
            browser.shows("Front desk");
        }
        assertThat(house.site()
                        .bellwire()
                        .logged("console (127.0.0.1): changed name of org.bellwire.phone-b-reception.cfg"))
                .isNotEmpty();
    }

    private static void edits(Browser browser, String key, String value) {
        browser.runs(
                "const form = document.querySelector('form.file');"
                        + " form.elements[arguments[0]].value = arguments[1]; form.requestSubmit()",
                key,
                value);
    }

    @Test
    void unknown_phone_is_adopted_with_a_name() {
        assertThat(house.site().caller().reports("htek", "/Incoming%20Call?mac=001fc1aa0001"))
                .isEqualTo(202);
        try (Browser browser = house.loggedIn()) {
            browser.runs("location.hash = '#/inbox'");
            browser.shows("00:1f:c1:aa:00:01");
            browser.runs("document.querySelector('input[name=id]').value = 'b-new';"
                    + " document.querySelector('input[name=name]').value = 'New one'");
            browser.clicks("button", "Adopt");
            browser.shows("Adopted as b-new.");
            browser.runs("location.hash = ''");
            browser.shows("New one");
        }
    }

    @Test
    void refused_request_shows_with_its_reason() {
        try (Browser browser = house.loggedIn()) {
            browser.runs("location.hash = '#/flow'");
            assertThat(house.site()
                            .caller()
                            .withToken("wrongwrongwrongwrongwrong")
                            .reports("htek", "/x"))
                    .isEqualTo(404);
            browser.shows("wrong vendor or token");
            browser.shows("/action/htek/\u2022\u2022\u2022/x");
        }
    }

    @Test
    void flow_shows_what_belongs_together_and_no_secret() {
        try (Browser browser = house.loggedIn()) {
            browser.runs("location.hash = '#/flow'");
            browser.shows("Clear");
            browser.clicks("button", "Clear");
            browser.shows("Nothing yet");
            PageClient.Login login = page.login();
            String whole = page.own() + login.cookie() + login.csrf() + page.origin();
            page.request("POST", "/api/phones/a-desk/commands/volume", whole, "{\"value\":\"UP\"}");
            browser.shows("GET http://127.");
            browser.shows("from console (127.0.0.1)");
            browser.shows("taken");
            house.reports("Open%20DND", 1, "Ada");
            browser.shows("GET /action/htek/\u2022\u2022\u2022/Open%20DND");
            browser.shows("a-desk/state/dnd ON");
            assertThat(browser.runs("return document.documentElement.outerHTML"))
                    .doesNotContain(
                            "never-shown-1",
                            PageClient.TOKEN,
                            house.site().caller().token());
        }
    }

    @Test
    void wrong_login_stays_out_and_a_link_works_once() {
        String link = house.link();
        try (Browser browser = new Browser(Scratch.folder("browser"))) {
            browser.opens(link.replaceAll("#.*", ""));
            browser.shows("Token");
            browser.runs("document.querySelector('#token').value = 'wrong';"
                    + " document.querySelector('form').requestSubmit()");
            browser.shows("the token or link is wrong");
            browser.opens("about:blank");
            browser.opens(link);
            browser.shows("Desk of Ada");
            browser.narrows(390, 844);
            browser.clicks("button", "Log out");
            browser.shows("Token");
            browser.opens("about:blank");
            browser.opens(link);
            browser.shows("the token or link is wrong");
        }
    }

    @Test
    void ten_thousand_phones_scroll_smoothly() {
        try (Browser browser = house.loggedIn()) {
            browser.shows(" phones");
            List<Long> rates = LongStream.range(0, 3)
                    .mapToObj(i -> Long.parseLong(browser.awaits(PageScripts.SCROLL)))
                    .sorted()
                    .toList();
            System.out.printf("figure: %d phones scroll at %s frames/s%n", PageHouse.PHONES, rates);
            assertThat(rates.get(1)).isGreaterThan(5); // 50 on a quiet machine
            assertThat(Integer.parseInt(browser.runs("return String(document.querySelectorAll('.row').length)")))
                    .isLessThan(100);
        }
    }

    @Test
    void every_view_is_for_everybody_in_english_and_in_german() {
        try (Browser english = house.loggedIn();
                Browser german = house.loggedIn("de")) {
            german.shows("Telefone");
            german.darkens();
            assertThat(PageScripts.faultsOfAllViews(english, "b-reception")).isEmpty();
            assertThat(PageScripts.faultsOfAllViews(german, "b-reception")).isEmpty();
        }
    }
}
