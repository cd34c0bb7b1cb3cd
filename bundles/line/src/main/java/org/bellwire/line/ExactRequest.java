package org.bellwire.line;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.PhoneLine.Address;
import org.bellwire.api.spi.PhoneRequest;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpConversation;
import org.eclipse.jetty.client.HttpRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * A GET whose target goes over the wire byte for byte: it is never taken apart, so nothing can repair it. Only a path that climbs
 * above its root is refused, by Jetty.
 */
final class ExactRequest extends HttpRequest {

    /**
     * Whom a connection is for: what waits and is under way is counted for each phone, also where many share an address.
     *
     * @param pin empty for none
     */
    record Recipient(String phone, String pin) {}

    private static final URI ANY = URI.create("http://phone/");

    private final String target;

    ExactRequest(HttpClient client, Address to, PhoneRequest request, long timeoutMs) {
        super(client, new HttpConversation(), ANY);
        target = request.target();
        scheme(to.scheme()).host(to.host()).port(to.port());
        tag(new Recipient(to.phone(), to.pin().orElse("")));
        timeout(timeoutMs, TimeUnit.MILLISECONDS);
        idleTimeout(0, TimeUnit.MILLISECONDS);
        header(HttpHeader.HOST, hostField(to));
        header(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }

    @Override
    public String getPath() {
        return target;
    }

    @Override
    public @Nullable String getQuery() {
        return null;
    }

    @Override
    public @Nullable URI getURI() {
        return null;
    }

    /** With brackets around an IPv6 address, without its zone and without the scheme's own port. */
    private static String hostField(Address to) {
        String host = to.host();
        int zone = host.indexOf('%');
        String bare = HostPort.normalizeHost(zone < 0 ? host : host.substring(0, zone));
        boolean usual = HttpClient.normalizePort(to.scheme(), -1) == to.port();
        return usual ? bare : bare + ":" + to.port();
    }
}
