package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.shell.ShownPhones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePseudonymizerTest {

    private static final String SITE = "abcdefghijklmnopqrstuv";

    private final MessagePseudonymizer pseudonymizer = new MessagePseudonymizer(
            ShownPhones.acme().events(), Optional.of("001fc11a8b6c"), Optional.of(SITE), new Random(7));

    private String report(String rest) {
        return request("GET /action/acme/" + SITE + rest + " HTTP/1.1\r\nHost: 10.0.0.5:8087\r\n\r\n");
    }

    private String request(String request) {
        return pseudonymizer.request(request);
    }

    private String answer(String answer) {
        return pseudonymizer.answer(answer);
    }

    private static String value(String message, String name) {
        Matcher found = Pattern.compile("[?&]" + name + "=([^& ]*)").matcher(message);
        assertThat(found.find()).as(message).isTrue();
        return found.group(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/incoming-call?token=%s",
                "/incoming-call?remote=42&AuthToken=%s",
                "/incoming-call/%s",
                "/incoming-call?x=/action/acme/%s/y",
                "/incoming-call?x=http%%3A%%2F%%2F10.0.0.5%%2Faction%%2Facme%%2F%s%%2Fy",
                "/incoming-call?%s",
                "?%s=1"
            })
    void a_token_stands_nowhere(String rest) {
        assertThat(report(rest.formatted(SITE))).doesNotContain(SITE).contains("/action/acme/T");
        assertThat(report(rest.formatted("an0therPhones0wnT0kenOf22"))).doesNotContain("an0therPhones0wnT0kenOf22");
    }

    @Test
    void the_own_token_of_a_phone_is_left_out_wherever_it_comes_again() {
        String own = "0wnT0ken-0f-thisPhone_22";
        request("GET /action/acme/" + own + "/x HTTP/1.1\r\n\r\n");
        assertThat(request("GET /dummy.htm?settings=save&" + own + "=1 HTTP/1.1\r\nX: y\r\n\r\n"))
                .doesNotContain(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cgi-bin/api-make_call?passcode=%s&phonenumber=42",
                "/fcgi/do?action=OpenDoor&UserName=api&Password=%s&DoorNum=1",
                "/servlet?key=OK&username=x&pwd=%s",
                "/api/v1/exec/command?action=call&AuthToken=%s",
                "/x?a=1&password=%s",
                "/x?pin=%s"
            })
    void a_password_in_the_query_of_a_command_is_left_out(String target) {
        String out = request("GET " + target.formatted("s3cr3tWord!") + " HTTP/1.1\r\n\r\n");
        assertThat(out).contains("=SECRET").doesNotContain("s3cr3t").doesNotContain("Word");
    }

    @Test
    void credentials_are_left_out_and_what_they_hold_wherever_it_stands() {
        String basic = Base64.getEncoder().encodeToString("admin:hunter2#Long".getBytes(UTF_8));
        String out = request("GET /x?why=hunter2%23Long HTTP/1.1\r\nAuthorization: Basic " + basic
                + "\r\nX-Note: hunter2#Long\r\n\r\n");
        assertThat(out)
                .contains("Authorization: Basic (left out)\r\n")
                .doesNotContain(basic)
                .doesNotContain("hunter2");
        assertThat(answer("HTTP/1.1 200 OK\r\n\r\n<p>hunter2#Long</p>")).doesNotContain("hunter2");
    }

    @Test
    void digest_keeps_the_challenges_form_but_no_response() {
        String asked = answer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"Reception 42\","
                + " nonce=\"a1b2c3d4\", algorithm=MD5, qop=\"auth\", stale=false\r\n\r\n");
        assertThat(asked)
                .contains("Digest realm=\"", "nonce=\"xxxxxxxx\"", "algorithm=MD5", "qop=\"auth\"", "stale=false")
                .doesNotContain("Reception")
                .doesNotContain("a1b2");
        String sent = request("GET /x HTTP/1.1\r\nAuthorization: Digest username=\"boss\", response=\"0a0b\"\r\n\r\n");
        assertThat(sent)
                .contains("Authorization: Digest (left out)")
                .doesNotContain("boss")
                .doesNotContain("0a0b");
    }

    @Test
    void cookies_and_bearer_tokens_are_left_out() {
        assertThat(answer("HTTP/1.1 200 OK\r\nSet-Cookie: sid=abcdef0123; Path=/\r\n\r\n{\"sid\":\"abcdef0123\"}"))
                .contains("Set-Cookie: sid=(left out); Path=/")
                .doesNotContain("abcdef0123");
        assertThat(request("GET /x HTTP/1.1\r\nCookie: sid=abcdef0123\r\nAuthorization: Bearer 9f8e7d6c\r\n\r\n"))
                .doesNotContain("abcdef0123")
                .doesNotContain("9f8e7d6c");
    }

    @Test
    void a_header_that_nobody_knows_keeps_its_name_only() {
        assertThat(request(
                        "GET /x HTTP/1.1\r\nX-Owner: Peter Pan\r\nUser-Agent: Acme A1 2.0.4.33 001fc11a8b6c\r\n\r\n"))
                .contains("X-Owner: (left out)", "User-Agent: Acme A1 2.0.4.33 001fc1")
                .doesNotContain("Peter")
                .doesNotContain("1a8b6c");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:4711@10.0.0.9, sip:\\d{4}@(\\d)\\d?\\.\\d\\.\\d\\.\\d",
        "+49.30-4711, \\+\\d\\d\\.\\d\\d-\\d{4}",
        "004930123, 00\\d{7}",
        "<sip:4711@pbx.example;user=phone>, <sip:\\d{4}@[a-z]{3}\\.[a-z]{7};user=phone>",
        "%2B49%204711, %2B\\d\\d%20\\d{4}",
        "Peter, [A-Z][a-z]{4}",
        "O'Neill-SMITH, [A-Z]'[A-Z][a-z]{4}-[A-Z]{5}",
        "anonymous, anonymous",
        "$remote, \\$remote",
        "<$remote_party>, <\\$remote_party>"
    })
    void numbers_and_names_keep_their_form(String sent, String form) {
        String told = value(report("/incoming-call?remote=" + sent), "remote");
        assertThat(told).matches(form);
        if (sent.matches(".*(4711|Peter|SMITH|30123).*")) {
            assertThat(told).doesNotContainPattern("4711|Peter|SMITH|30123");
        }
    }

    @Test
    void the_same_number_and_name_become_the_same_however_they_are_written() {
        String out = report("/incoming-call?remote=sip:4711@10.0.0.9&display_remote=Zo\u00e9&number=%34711&Name=ZO%C9");
        String number = value(out, "number");
        assertThat(URLDecoder.decode(number, UTF_8))
                .isEqualTo(value(out, "remote").substring(4, 8));
        assertThat(number).startsWith("%3");
        String again = report("/terminated?remote=4711&display_remote=Zo%C3%A9");
        assertThat(value(again, "remote")).isEqualTo(URLDecoder.decode(number, UTF_8));
        assertThat(URLDecoder.decode(value(again, "display_remote"), UTF_8))
                .isEqualTo(value(out, "display_remote"))
                .isEqualToIgnoringCase(URLDecoder.decode(value(out, "Name"), ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"M\u00fcller", "M\u00c3\u00bcller", "M%FCller", "M%C3%BCller", "M%c3%bcller", "M\u00fc%6Cler"})
    void an_umlaut_stays_one_in_the_same_bytes(String name) {
        String told = value(report("/incoming-call?display_remote=" + name), "display_remote");
        assertThat(told).hasSameSizeAs(name).doesNotContain("ller");
        for (int i = 0; i < name.length(); i++) {
            assertThat(told.charAt(i) >= 0x80).isEqualTo(name.charAt(i) >= 0x80);
            assertThat(told.charAt(i) == '%').isEqualTo(name.charAt(i) == '%');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/incoming-call?display_remote=Jimmy Page&to=42",
                "/incoming-call?name=Hold&label=Page&x=Jimmy",
                "/incoming-call/Jimmy/Page",
                "/incoming-call/Page",
                "/incoming-call/493012345678",
                "/incoming-call/001fc11a8b6c/10.0.0.9/Page?to=42"
            })
    void a_name_that_is_a_word_as_well_and_a_number_in_any_place_do_not_stay(String rest) {
        assertThat(report(rest)).doesNotContainPattern("Jimmy|Page|=Hold|to=42|49301|1a8b6c|10\\.0\\.0\\.9");
    }

    @Test
    void what_is_the_vendors_stays() {
        String out = report("/Off%2Dhook?hold_state=on_hold&model=A1&firmware=2.0.4.33&event=incoming&line=1"
                + "&call_created_time=2026-11-21T08-15-30&never=1899-12-31T00-00-00");
        assertThat(out)
                .contains(
                        "/action/acme/T/Off%2Dhook?hold_state=on_hold&model=A1&firmware=2.0.4.33&event=incoming&line=1"
                                + "&call_created_time=2026-11-21T08-15-30&never=1899-12-31T00-00-00 HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"001fc11a8b6c", "00:1F:C1:1A:8B:6C", "00-1f-c1-1a-8b-6c", "001FC11A8B6C"})
    void a_mac_keeps_its_maker_and_its_spelling(String mac) {
        String told = value(report("/incoming-call?mac=" + mac), "mac");
        assertThat(told).hasSameSizeAs(mac).startsWith(mac.substring(0, mac.length() / 2));
        assertThat(told.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("1a8b6c")
                .doesNotContain("1a:8b:6c");
        assertThat(told.equals(mac.toUpperCase(java.util.Locale.ROOT)) || told.matches("[0-9a-f:-]+|[0-9A-F:-]+"))
                .isTrue();
    }

    @Test
    void keys_stay_and_numbers_among_them_do_not() {
        assertThat(request("GET /x?key=F_HOLD;L12;OK HTTP/1.1\r\n\r\n")).contains("key=F_HOLD;L12;OK ");
        assertThat(value(request("GET /x?key=number=4711;OK HTTP/1.1\r\n\r\n"), "key"))
                .matches("number=\\d{4};OK")
                .doesNotContain("4711");
        assertThat(value(request("GET /Phone_ActionURL&Command=1&Number=4711&Account=1 HTTP/1.1\r\n\r\n"), "Number"))
                .matches("\\d{4}")
                .isNotEqualTo("4711");
    }

    @Test
    void the_body_of_an_answer_keeps_its_form_and_loses_its_people() {
        String json = answer(
                "HTTP/1.1 200 OK\r\n\r\n{\"response\":\"success\",\"body\":[{\"line\":1,\"state\":\"ringing\","
                        + "\"remotename\":\"Peter \\\"P\\\" Pan\",\"remotenumber\":4711,\"acct\":\"Zo\u00c3\u00a9\",\"token\":\"t0p\"}]}");
        assertThat(json)
                .contains("{\"response\":\"success\",\"body\":[{\"line\":1,\"state\":\"ringing\",\"remotename\":\"")
                .contains("\"token\":\"SECRET\"}]}")
                .doesNotContain("Peter")
                .doesNotContain("4711")
                .doesNotContain("Zo")
                .doesNotContain("t0p");
        String page = answer("HTTP/1.1 200 OK\r\n\r\n<html><title>Login</title><p class=\"a\">Peter Pan 4711</p>"
                + "<input type=\"password\" name=\"pw\" value=\"x9x9\"><input name=user value='Peter'></html>");
        assertThat(page)
                .contains(
                        "<title>Login</title>",
                        "<input type=\"password\" name=\"pw\" value=\"SECRET\">",
                        "<p class=\"a\">")
                .doesNotContain("Peter")
                .doesNotContain("4711");
        assertThat(answer("HTTP/1.1 200 OK\r\n\r\nAccount1=4711\nLabel=Peter Pan\nDND=0\n"))
                .contains("Account1=", "Label=", "DND=0\n")
                .doesNotContain("4711")
                .doesNotContain("Peter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "GET", "GET  HTTP/1.1", "\r\n\r\n", "x\n\ny", "GET % HTTP/1.1", "GET /action/ HTTP/1.1"
            })
    void what_is_no_request_is_no_fault(String odd) {
        assertThat(List.of(request(odd), answer(odd))).hasSize(2);
    }

    @Test
    void random_bytes_are_no_fault_and_a_number_in_them_does_not_stay() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String odd = new String(bytes, ISO_8859_1);
            String out = request("GET /action/acme/" + SITE + "/x?remote=471147&y=" + odd + " HTTP/1.1\r\n\r\n" + odd);
            assertThat(out).doesNotContain(SITE).doesNotContain("471147");
            answer(odd);
        }
    }
}
