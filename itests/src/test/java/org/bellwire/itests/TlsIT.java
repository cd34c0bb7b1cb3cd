package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Phones that report by TLS, as their administrator sets it up. */
final class TlsIT {

    private static final String PID = "org.bellwire.ingress";

    @Test
    void phone_reports_by_tls_and_a_renewed_certificate_counts_at_once() {
        int port = Loopback.freePort();
        try (Site site = Site.prepared("tls");
                Listener listener = site.listener()) {
            Certificate first = install(site);
            site.bellwire().write(PhoneFile.of("lobby", "htek").with("mac", "001fc1000901"));
            site.start();
            Waits.until("the phone is known", () -> site.caller().reports("htek", "/Onhook?mac=001fc1000901") == 200);

            site.bellwire().set(PID, "tls.certificate", "etc/ingress.pem");
            site.bellwire().set(PID, "tls.key", "etc/ingress.key");
            site.bellwire().set(PID, "tls.port", String.valueOf(port));
            Waits.until("a 200 by TLS", () -> status(first, port, "/Offhook") == 200);
            listener.hears("bellwire/lobby/state/off_hook", "ON");

            Certificate second = install(site);
            assertThat(status(second, port, "/Onhook")).isEqualTo(200);
            assertThat(status(first, port, "/Onhook")).as("the old certificate").isEqualTo(-1);
            assertThat(site.caller().reports("htek", "/Offhook?mac=001fc1000901"))
                    .as("the plain port")
                    .isEqualTo(200);

            site.bellwire().set(PID, "tls.key", "etc/nowhere.key");
            Waits.until(
                    "the wrong file is told",
                    () -> site.bellwire()
                                    .logged("WARN", "tls.key: ", "nowhere.key does not exist")
                                    .size()
                            == 1);
            assertThat(status(second, port, "/Onhook")).as("all is as before").isEqualTo(200);
            assertThat(site.bellwire().log()).doesNotContain(Distribution.TOKEN);
        }
    }

    private static Certificate install(Site site) {
        Certificate made = Certificate.selfSigned(site.bellwire().home().resolve("certificates"));
        made.write(site.bellwire().etc("ingress.pem"), site.bellwire().etc("ingress.key"));
        return made;
    }

    /** The status that a phone gets which trusts this certificate only; -1: no connection, or no trust. */
    private static int status(Certificate trusted, int port, String event) {
        try (Socket socket = trusted.trusting().createSocket(Loopback.LOCALHOST, port)) {
            String request = "GET /action/htek/" + Distribution.TOKEN + event
                    + "?mac=001fc1000901 HTTP/1.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.length() < 12 ? -1 : Integer.parseInt(answer.substring(9, 12));
        } catch (IOException e) {
            return -1;
        }
    }
}
