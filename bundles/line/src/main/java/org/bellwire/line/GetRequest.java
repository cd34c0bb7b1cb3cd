package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.spi.PhoneRequest;

/** A GET as bytes: the target unchanged, and no more headers than phones need. */
final class GetRequest {

    private static final int USUAL_LENGTH = 256;

    private GetRequest() {}

    static byte[] of(Address to, PhoneRequest request, Optional<String> authorization) {
        StringBuilder head = new StringBuilder(USUAL_LENGTH)
                .append("GET ")
                .append(request.target())
                .append(" HTTP/1.1\r\nUser-Agent: Bellwire");
        field(head, "Host", host(to));
        field(head, "Connection", "close");
        authorization.ifPresent(value -> field(head, "Authorization", value));
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What cannot stand in a field becomes a question mark: nothing breaks out of it. */
    private static void field(StringBuilder head, String name, String value) {
        head.append("\r\n").append(name).append(": ");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            head.append(c < ' ' || c == 0x7F || c > 0xFF ? '?' : c);
        }
    }

    /** With brackets around an IPv6 address, without its zone and without the scheme's own port. */
    private static String host(Address to) {
        int zone = to.host().indexOf('%');
        String bare = zone < 0 ? to.host() : to.host().substring(0, zone);
        String bracketed = bare.indexOf(':') >= 0 ? "[" + bare + "]" : bare;
        int usual = to.scheme().port();
        return to.port() == usual ? bracketed : bracketed + ":" + to.port();
    }
}
