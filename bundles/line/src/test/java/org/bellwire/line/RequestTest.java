package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.LineFixture.OPEN;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/Phone_ActionURL&Command=1&Number=206&Account=1",
                "/Phone_ActionURL&key=*",
                "/?action=make_call&target=123",
                "/?action=make_call&target=%23%40*",
                "/cgi-bin/ConfigManApp.com?number=2&outgoing_uri=3@192.168.20.22",
                "/api/v1/exec/command?action=conference&callid1=TC@1&callid2=TC%402",
                "//two//slashes/./and/../up?dots=/../..//",
                "/a|b?c=\"d\"^`{}[]\\&%zz&#fragment",
                "/a?b?c=d;e,f:g@h!$'()+_~-.",
            })
    void target_whatever_its_form_goes_over_the_wire_byte_for_byte(String target) throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            assertThat(fixture.send(phone.address(OPEN), target).kind()).isEqualTo(Kind.OK);
            assertThat(phone.lines()).containsExactly("GET " + target + " HTTP/1.1");
        }
    }

    @Test
    void request_carries_nothing_but_what_a_phone_needs() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            fixture.send(phone.address(OPEN), "/x");
            assertThat(phone.requests().get(0))
                    .isEqualTo("GET /x HTTP/1.1\r\nUser-Agent: Bellwire\r\nHost: 127.0.0.1:" + phone.port()
                            + "\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void every_request_has_a_connection_of_its_own() throws Exception {
        List<Integer> afterwards = new CopyOnWriteArrayList<>();
        FakePhone.Part keeping = FakePhone.raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        try (FakePhone phone = FakePhone.that((socket, out) -> {
            keeping.play(socket, out);
            out.flush();
            afterwards.add(socket.getInputStream().read());
        })) {
            assertThat(fixture.send(phone.address(OPEN), "/1").kind()).isEqualTo(Kind.OK);
            assertThat(fixture.send(phone.address(OPEN), "/2").kind()).isEqualTo(Kind.OK);
            assertThat(phone.lines()).containsExactly("GET /1 HTTP/1.1", "GET /2 HTTP/1.1");
            await().untilAsserted(() -> assertThat(afterwards)
                    .as("closed by the line after the answer")
                    .containsExactly(-1, -1));
        }
    }

    @Test
    void ipv6_address_stands_in_brackets_in_the_host_header() throws Exception {
        ServerSocket server = new ServerSocket(
                0, 5, InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        try (FakePhone phone = FakePhone.on(server, FakePhone.OK)) {
            Address to = at("::1", phone.port());
            assertThat(fixture.send(to, "/").kind()).isEqualTo(Kind.OK);
            assertThat(phone.header(0, "host")).contains("[::1]:" + phone.port());
            assertThat(fixture.line().probe(to).toCompletableFuture().get()).isTrue();
        }
    }

    @Test
    void host_name_is_looked_up() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            assertThat(fixture.send(at("localhost", phone.port()), "/").kind()).isEqualTo(Kind.OK);
            assertThat(phone.header(0, "host")).contains("localhost:" + phone.port());
        }
    }

    @Test
    void body_goes_with_its_type_and_length() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            PhoneRequest request = new PhoneRequest("/relay").posting("application/json", "{\"who\":\"T\u00fcr\"}");
            fixture.line()
                    .send(phone.address(OPEN), request)
                    .toCompletableFuture()
                    .get();
            assertThat(phone.requests().get(0))
                    .startsWith("POST /relay HTTP/1.1\r\n")
                    .contains("Content-Type: application/json\r\n")
                    .contains("Content-Length: 14\r\n");
        }
    }

    @Test
    void post_without_a_body_says_that_there_is_none() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            PhoneRequest request = new PhoneRequest("/relay").by(PhoneRequest.Method.POST);
            fixture.line()
                    .send(phone.address(OPEN), request)
                    .toCompletableFuture()
                    .get();
            assertThat(phone.header(0, "content-length")).contains("0");
        }
    }

    @Test
    void credentials_take_the_place_of_their_marks_encoded() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.OK)) {
            PhoneRequest request = new PhoneRequest("/do")
                    .with("user", Credential.USER)
                    .with("pass", Credential.PASSWORD)
                    .with("to", "{password}");
            Address to = FakePhone.as(phone.address(OPEN), "jo", "a&b=c{user}");
            fixture.line().send(to, request).toCompletableFuture().get();
            assertThat(phone.lines())
                    .containsExactly("GET /do?user=jo&pass=a%26b%3Dc%7Buser%7D&to=%7Bpassword%7D HTTP/1.1");
        }
    }

    private static Address at(String host, int port) {
        return new Address(
                "desk",
                Scheme.HTTP,
                host,
                port,
                OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
