package org.bellwire.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bellwire.api.port.SimulatedPhones.Report;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.simulator.Profile.Behaviour;
import org.bellwire.simulator.Profile.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedPhoneTest {

    private static final Behaviour QUICK = new Behaviour(Set.of(), 0, 20);
    /** admin:secret */
    private static final String BASIC = "Authorization: Basic YWRtaW46c2VjcmV0";

    private final List<SimulatedPhone> phones = new ArrayList<>();
    private final FakeGateway gateway;

    SimulatedPhoneTest() throws IOException {
        gateway = new FakeGateway();
    }

    @BeforeEach
    void nothingReported() {
        assertThat(gateway.targets()).isEmpty();
    }

    @AfterEach
    void switchOff() throws Exception {
        for (SimulatedPhone phone : phones) {
            phone.close();
        }
        gateway.close();
    }

    @Test
    void dialled_phone_reports_its_call_and_soon_the_connection() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        assertThat(get(phone, "/call&to=%2342&as=2")).startsWith("HTTP/1.1 200 ");
        reported("outgoing-call", "established");
        assertThat(gateway.targets().get(0))
                .matches("/action/acme/\\w+/outgoing-call\\?mac=02007f000309&call_id=\\w{12}&local=100&remote=%2342"
                        + "&display_remote=\\$display_remote&odd=\\$odd");
        assertThat(gateway.peers()).containsOnly("127.0.3.9");
        assertThat(phone.requests()).containsExactly("/call&to=%2342&as=2");
    }

    @Test
    void variables_that_are_not_known_stay_as_they_are_and_names_are_sent_raw() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        ring(phone, "+49 30 1", "Jörg Müller & Co 100%");
        assertThat(gateway.targets().get(0))
                .contains("remote=+49 30 1&display_remote=Jörg Müller %26 Co 100%&odd=$odd");
    }

    @Test
    void keys_mean_what_the_state_leaves_sense_to() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        for (String key : List.of("OK", "X", "HOLD", "MUTE")) {
            assertThat(get(phone, "/press&key=" + key))
                    .as("accepted and ignored")
                    .startsWith("HTTP/1.1 200 ");
        }
        ring(phone, "42", "Peter");
        for (String key : List.of("OK", "HOLD", "HOLD", "MUTE", "MUTE", "X")) {
            get(phone, "/press&key=" + key);
        }
        reported("incoming-call", "established", "hold", "un-hold", "mute", "unmute", "terminated", "busy-to-idle");
    }

    @Test
    void ringing_call_is_rejected_by_the_key_that_hangs_up_otherwise() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        ring(phone, "42", "Peter");
        get(phone, "/press&key=X");
        reported("incoming-call", "reject", "terminated", "busy-to-idle");
    }

    @Test
    void call_that_nobody_answers_is_missed() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        ring(phone, "42", "Peter");
        phone.otherHangsUp();
        reported("incoming-call", "terminated", "missed", "busy-to-idle");
    }

    @Test
    void phone_whose_log_is_read_reports_into_it_and_by_no_action_url() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        assertThat(get(phone, "/open")).endsWith("ch 1");
        assertThat(phone.ring("42", "Peter").toCompletableFuture().get())
                .isEqualTo(Report.logged("call_incoming stands in its log"));
        assertThat(get(phone, "/ask?ch=1&s=20")).endsWith("told Incoming Call");
        assertThat(gateway.targets()).isEmpty();
        get(phone, "/close?ch=1");
        get(phone, "/press&key=OK");
        reported("established");
    }

    @Test
    void typed_transfer_ends_the_call_at_the_typed_number() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        ring(phone, "42", "Peter");
        for (String key : List.of("OK", "XFER", "4", "5", "XFER")) {
            get(phone, "/press&key=" + key);
        }
        reported("incoming-call", "established", "blind-transfer", "terminated", "busy-to-idle");
        assertThat(gateway.targets().get(2)).contains("remote=45&");
    }

    @Test
    void do_not_disturb_is_reported() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        get(phone, "/press&key=DndOn");
        get(phone, "/press&key=DndOff");
        reported("open-dnd", "close-dnd");
    }

    @Test
    void what_the_table_would_not_send_is_not_found() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        for (String target :
                List.of("/", "/call", "/call&to=", "/call&to=4/2", "/call&to=42&as=1&more=2", "/press&key=ok")) {
            assertThat(get(phone, target)).as(target).startsWith("HTTP/1.1 404 ");
        }
        assertThat(gateway.targets()).isEmpty();
    }

    @Test
    void phone_that_appends_tells_its_event_and_variables_itself() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withCallIds(), profile());
        get(phone, "/api?action=call&number=42");
        reported("outgoing", "connected");
        assertThat(gateway.targets().get(0))
                .matches("/action/other/\\w+\\?event=outgoing&callId=\\w{12}&number=42&dir=out&mac=02007f000309");
    }

    @Test
    void commands_with_and_without_a_call_are_understood() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withCallIds(), profile());
        ring(phone, "42", "Peter");
        assertThat(get(phone, "/api?action=accept&callid=TC@1")).startsWith("HTTP/1.1 200 ");
        assertThat(get(phone, "/api?action=hold")).startsWith("HTTP/1.1 200 ");
        assertThat(get(phone, "/api?action=resume")).startsWith("HTTP/1.1 200 ");
        assertThat(get(phone, "/api?action=show&text=Front%20door")).startsWith("HTTP/1.1 200 ");
        reported("incoming", "connected", "hold", "hold");
        assertThat(gateway.targets().get(3)).endsWith("&state=off");
    }

    @Test
    void password_is_asked_for() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile().asking(Credentials.password("admin", "secret")));
        assertThat(get(phone, "/call&to=42")).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Basic");
        assertThat(get(phone, "/call&to=42", "Authorization: Basic eDp5")).startsWith("HTTP/1.1 401 ");
        assertThat(gateway.targets()).isEmpty();
        assertThat(get(phone, "/call&to=42", BASIC)).startsWith("HTTP/1.1 200 ");
        reported("outgoing-call", "established");
    }

    @Test
    void token_is_asked_for() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withCallIds(), profile().asking(Credentials.token("abcdefg")));
        assertThat(get(phone, "/api?action=call&number=42", BASIC)).startsWith("HTTP/1.1 401 ");
        assertThat(get(phone, "/api?action=call&number=42", "Authorization: Bearer abcdefg"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void tls_phone_shows_the_certificate_that_it_tells() throws Exception {
        assertThat(on(InventedVendor.withCallIds(), profile()).place().pin())
                .hasValueSatisfying(pin -> assertThat(pin).matches("[0-9a-f]{64}"));
        assertThat(on(InventedVendor.withKeys(), profile()).place().pin()).isEmpty();
    }

    @Test
    void stray_401_comes_every_second_time_and_does_nothing() throws Exception {
        SimulatedPhone phone =
                on(InventedVendor.withKeys(), profile().behaving(new Behaviour(Set.of(Quirk.STRAY_401), 0, 20)));
        assertThat(get(phone, "/press&key=DndOn")).startsWith("HTTP/1.1 401 ");
        assertThat(get(phone, "/press&key=DndOn")).startsWith("HTTP/1.1 200 ");
        reported("open-dnd");
    }

    @Test
    void login_page_takes_the_place_of_a_401() throws Exception {
        SimulatedPhone phone = on(
                InventedVendor.withKeys(),
                profile()
                        .asking(Credentials.password("admin", "secret"))
                        .behaving(new Behaviour(Set.of(Quirk.LOGIN_PAGE), 0, 20)));
        assertThat(get(phone, "/press&key=DndOn")).startsWith("HTTP/1.1 200 ").contains("type=password");
        assertThat(gateway.targets()).isEmpty();
    }

    @Test
    void digest_is_understood_as_another_client_makes_it() throws Exception {
        SimulatedPhone phone = on(
                InventedVendor.withKeys(),
                profile()
                        .asking(Credentials.password("admin", "secret"))
                        .behaving(new Behaviour(Set.of(Quirk.DIGEST), 0, 20)));
        String place = "http://" + phone.place().address() + ":" + phone.place().port();
        HttpURLConnection client = (HttpURLConnection)
                URI.create(place + "/press&key=DndOn").toURL().openConnection();
        client.setAuthenticator(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("admin", "secret".toCharArray());
            }
        });
        assertThat(client.getResponseCode()).isEqualTo(200);
        reported("open-dnd");
        assertThat(get(phone, "/press&key=DndOff", BASIC)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void silent_phone_never_answers() throws Exception {
        SimulatedPhone phone =
                on(InventedVendor.withKeys(), profile().behaving(new Behaviour(Set.of(Quirk.NEVER_ANSWERS), 0, 20)));
        assertThatThrownBy(() -> Caller.getWithin(2000, phone.place(), "/press&key=DndOn"))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(phone.requests()).isEmpty();
    }

    @Test
    void slow_phone_answers_late() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile().behaving(new Behaviour(Set.of(), 300, 20)));
        long before = System.nanoTime();
        get(phone, "/press&key=DndOn");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void event_by_its_name_is_reported_and_changes_the_state() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        assertThat(phone.report("established").toCompletableFuture().get())
                .isEqualTo(Report.answered(200, "call_connected reported"));
        assertThat(phone.report("SETUP completed").toCompletableFuture().get().httpStatus())
                .hasValue(200);
        get(phone, "/press&key=HOLD");
        reported("established", "setup-completed", "hold");
    }

    @Test
    void unknown_event_is_answered_with_those_that_there_are() throws Exception {
        Report report = on(InventedVendor.withKeys(), profile())
                .report("lunch")
                .toCompletableFuture()
                .get();
        assertThat(report.httpStatus()).isEmpty();
        assertThat(report.detail()).startsWith("acme has no event 'lunch'; it has Setup Completed, Incoming Call");
    }

    @Test
    void report_that_nobody_takes_says_so() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        gateway.close();
        Report report = phone.ring("42", "Peter").toCompletableFuture().get();
        assertThat(report.httpStatus()).isEmpty();
        assertThat(report.detail()).startsWith("call_incoming not reported: ");
    }

    @Test
    void phone_anywhere_else_than_on_loopback_is_refused() throws Exception {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 0, 0, 9});
        assertThatThrownBy(() -> Profile.at("desk", elsewhere)).hasMessageContaining("loopback");
    }

    @Test
    void switched_off_phone_leaves_no_thread() throws Exception {
        SimulatedPhone phone = on(InventedVendor.withKeys(), profile());
        ring(phone, "42", "Peter");
        get(phone, "/press&key=OK");
        phone.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("bellwire-simulator")));
    }

    private SimulatedPhone on(PhoneBinding binding, Profile profile) throws IOException {
        SimulatedPhone phone = new SimulatedPhone(
                binding, profile, () -> gateway.ownActionUrl(binding.info().id()));
        phones.add(phone);
        return phone;
    }

    private static Profile profile() throws IOException {
        return Profile.at("desk", InetAddress.getByAddress(new byte[] {127, 0, 3, 9}))
                .behaving(QUICK);
    }

    private static String get(SimulatedPhone phone, String target, String... headers) throws IOException {
        return Caller.get(phone.place(), target, headers);
    }

    private static void ring(SimulatedPhone phone, String number, String name) throws Exception {
        assertThat(phone.ring(number, name).toCompletableFuture().get().httpStatus())
                .hasValue(200);
    }

    private void reported(String... events) {
        await().untilAsserted(() -> assertThat(gateway.events()).containsExactly(events));
    }
}
