package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;

/**
 * A request as bytes: the target unchanged but for the credentials that it holds, and no more headers than phones need. Here and
 * nowhere else do credentials come into a target.
 */
final class RequestBytes {

    private static final int USUAL_LENGTH = 256;

    private RequestBytes() {}

    static byte[] of(Address to, PhoneRequest request, Optional<String> authorization) {
        StringBuilder head = new StringBuilder(USUAL_LENGTH)
                .append(request.method())
                .append(' ')
                .append(target(to, request))
                .append(" HTTP/1.1\r\nUser-Agent: Bellwire");
        field(head, "Host", host(to));
        field(head, "Connection", "close");
        authorization.ifPresent(value -> field(head, "Authorization", value));
        if (request.body().isPresent()) {
            return withBody(head, request.body().get());
        }
        if (request.method() != PhoneRequest.Method.GET) {
            field(head, "Content-Length", "0"); // some phones answer 411 without it
        }
        return bytes(head);
    }

    private static byte[] bytes(StringBuilder head) {
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withBody(StringBuilder head, PhoneRequest.Body body) {
        byte[] text = body.text().getBytes(StandardCharsets.UTF_8);
        field(head, "Content-Type", body.type());
        field(head, "Content-Length", String.valueOf(text.length));
        byte[] begin = bytes(head);
        byte[] all = Arrays.copyOf(begin, begin.length + text.length);
        System.arraycopy(text, 0, all, begin.length, text.length);
        return all;
    }

    /** With what the phone's file holds in the place of its marks; nothing where it holds nothing. */
    static String target(Address to, PhoneRequest request) {
        String target = request.target();
        if (target.indexOf('{') < 0) {
            return target;
        }
        StringBuilder out = new StringBuilder(target.length());
        int at = 0;
        while (at < target.length()) {
            int from = at;
            Optional<Credential> here = Stream.of(Credential.values())
                    .filter(one -> target.startsWith(one.mark(), from))
                    .findFirst();
            out.append(here.map(one -> PhoneRequest.encode(to.reveal(one).orElse("")))
                    .orElseGet(() -> target.substring(from, from + 1)));
            at += here.map(one -> one.mark().length()).orElse(1);
        }
        return out.toString();
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
