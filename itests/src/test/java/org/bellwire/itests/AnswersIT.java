package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the ingress answers what phones, and others, send. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswersIT {

    private static final String LOBBY = "001fc1000701";
    private static final String ODD = "001fc1000702";
    private static final String FAST = "001fc1000703";
    private static final String OFFICE = "000952000701";
    private static final String HEAD = "GET %s HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n";

    private final Site site;
    private final Listener listener;

    AnswersIT(Site site) {
        this.site = site;
        listener = site.listener();
    }

    @BeforeAll
    void add_phones() {
        site.add(
                PhoneFile.of("a-lobby", "htek").with("mac", LOBBY),
                PhoneFile.of("a-office", "auerswald").with("mac", OFFICE),
                PhoneFile.of("a-odd", "htek").with("mac", ODD),
                PhoneFile.of("a-fast", "htek").with("mac", FAST));
    }

    @AfterAll
    void leave() {
        listener.close();
    }

    private ActionUrlClient anyone() {
        return site.caller().from(Loopback.anyAddress());
    }

    private int reports(String event, String mac, String more) {
        return anyone().reports("htek", "/" + event + "?mac=" + mac + more);
    }

    @Test
    void event_name_is_taken_however_it_is_spelled() {
        for (String name : new String[] {"Off-hook", "off-hook", "offhook", "Off%20Hook", "OFF_HOOK"}) {
            int mark = listener.mark();
            assertThat(reports(name, ODD, "")).as(name).isEqualTo(200);
            listener.after(mark).first("bellwire/a-odd/event/hook_off", any -> true);
        }
    }

    @Test
    void unknown_phone_is_answered_202_and_stands_in_the_inbox() {
        assertThat(reports("Incoming%20Call", "02aabbccddee", "&model=UC999")).isEqualTo(202);

        Waits.until(
                "the inbox shows it",
                () -> listener.newest("bellwire/bridge/inbox")
                        .filter(inbox -> inbox.contains("UC999")
                                && inbox.toLowerCase(java.util.Locale.ROOT)
                                        .replace(":", "")
                                        .contains("02aabbccddee"))
                        .isPresent());
    }

    @Test
    void no_event_is_answered_400() {
        assertThat(anyone().reports("htek", "?mac=" + LOBBY)).isEqualTo(400);
        assertThat(anyone().reports("auerswald", "?mac=" + OFFICE)).isEqualTo(400);
    }

    @Test
    void wrong_vendor_and_wrong_token_get_the_same_404() {
        ActionUrlClient.Answer vendor = anyone().gets("/action/nobody/" + Distribution.TOKEN + "/Offhook?mac=" + LOBBY);
        ActionUrlClient.Answer token = anyone().gets("/action/htek/wrongTokenOfTwentyTwoChars/Offhook?mac=" + LOBBY);
        ActionUrlClient.Answer none = anyone().gets("/action/htek");
        ActionUrlClient.Answer elsewhere = anyone().gets("/");

        assertThat(vendor.status()).isEqualTo(404);
        for (ActionUrlClient.Answer other : new ActionUrlClient.Answer[] {token, none, elsewhere}) {
            assertThat(undated(other)).isEqualTo(undated(vendor));
        }
        assertThat(vendor.body()).isEmpty();
    }

    private static String undated(ActionUrlClient.Answer answer) {
        return answer.head().replaceAll("(?m)^Date:.*$", "Date:") + answer.body();
    }

    @Test
    void other_methods_are_answered_405() {
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            ActionUrlClient.Answer answer = anyone().sendsHead(
                            "htek",
                            "/Offhook?mac=" + LOBBY,
                            method + " %s HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(method).isEqualTo(405);
        }
    }

    @Test
    void too_long_a_target_is_answered_414() {
        assertThat(reports("Offhook", LOBBY, "&x=" + "a".repeat(5000))).isEqualTo(414);
    }

    @Test
    void too_long_headers_are_answered_431() {
        String head = "GET %s HTTP/1.1\r\nHost: g\r\nX-Long: " + "a".repeat(9000) + "\r\nConnection: close\r\n\r\n";

        assertThat(anyone().sendsHead("htek", "/Offhook?mac=" + LOBBY, head).status())
                .isEqualTo(431);
    }

    @Test
    void phone_above_its_rate_is_answered_429_and_others_are_not() {
        boolean limited = IntStream.range(0, 400).parallel().anyMatch(i -> reports("Offhook", FAST, "") == 429);

        assertThat(limited).isTrue();
        assertThat(reports("Onhook", LOBBY, "")).isEqualTo(200);
    }

    @Test
    void head_counts_as_get() {
        int mark = listener.mark();

        ActionUrlClient.Answer answer = anyone().sendsHead("htek", "/Onhook?mac=" + ODD, HEAD.replace("GET", "HEAD"));

        assertThat(answer.status()).isEqualTo(200);
        listener.after(mark).first("bellwire/a-odd/event/hook_on", any -> true);
    }

    @Test
    void badly_encoded_targets_lose_no_event() {
        String[][] samples = {
            {"/Incoming Call?mac=" + ODD + "&call_id=o1&display_remote=Peter Pan", "Peter Pan"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o2&display_remote=<Peter>", "<Peter>"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o3&display_remote=a\"b|c", "a\"b|c"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o4&display_remote=50%", "50%"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o5&display_remote=M\u00fcller", "Müller"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o6&display_remote=M\u00c3\u00bcller", "Müller"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o7&display_remote=M%FCller", "Müller"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o8&display_remote=M%C3%BCller", "Müller"},
            {"/Incoming%20Call?mac=" + ODD + "&call_id=o9&display_remote=a+b", "a+b"},
        };
        for (String[] sample : samples) {
            int mark = listener.mark();
            assertThat(anyone().sendsHead("htek", sample[0], HEAD).status())
                    .as(sample[0])
                    .isEqualTo(200);
            ReceivedMessage event = listener.after(mark).first("bellwire/a-odd/event/call_incoming", any -> true);
            assertThat(event.json()
                            .getAsJsonObject("params")
                            .get("display_remote")
                            .getAsString())
                    .as(sample[0])
                    .isEqualTo(sample[1]);
        }
    }

    @Test
    void unfilled_and_repeated_variables_count_as_the_contract_says() {
        int mark = listener.mark();

        assertThat(reports("Outgoing%20Call", ODD, "&call_id=u1&remote=$remote&local=101&local=102"))
                .isEqualTo(200);

        JsonObject event = listener.after(mark)
                .first("bellwire/a-odd/event/call_outgoing", any -> true)
                .json();
        assertThat(event.getAsJsonObject("call").has("number")).isFalse();
        assertThat(event.getAsJsonObject("call").get("local").getAsString()).isEqualTo("101");
    }

    @Test
    void old_and_careless_http_is_taken() {
        String[] heads = {
            "GET %s HTTP/1.0\r\n\r\n",
            "GET %s HTTP/1.0\r\nHost: gateway\r\n\r\n",
            "GET %s HTTP/1.1\r\nConnection: close\r\n\r\n",
        };
        for (String head : heads) {
            assertThat(anyone().sendsHead("htek", "/Offhook?mac=" + ODD, head).status())
                    .as(head)
                    .isEqualTo(200);
        }
    }
}
