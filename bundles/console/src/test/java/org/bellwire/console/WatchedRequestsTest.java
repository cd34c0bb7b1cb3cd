package org.bellwire.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.console.stream.EventFeed;
import org.bellwire.console.stream.Outlet;
import org.bellwire.console.stream.Viewers;
import org.bellwire.console.view.MaskedTarget;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

final class WatchedRequestsTest {

    private final List<String> services = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private final Viewers viewers = new Viewers(new EventFeed("a"), Runnable::run, () -> 0);
    private final WatchedRequests requests = new WatchedRequests(
            fake(BundleContext.class),
            viewers,
            new MaskedTarget(Optional::empty),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    /** Notes what is called; what is registered can be unregistered. */
    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                WatchedRequestsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    services.add(method.getName());
                    return type == BundleContext.class ? fake(ServiceRegistration.class) : null;
                }));
    }

    @Test
    void it_listens_only_while_somebody_looks_on() {
        requests.listen(false);
        requests.listen(true);
        requests.listen(true);
        requests.listen(false);
        requests.listen(false);
        assertThat(services).containsExactly("registerService", "unregister");
    }

    @Test
    void report_is_told_without_token_headers_and_body() {
        assertThat(viewers.join(outlet(), "", Optional.empty(), 0)).isPresent();
        requests.reported(
                new PhoneId("lobby"),
                ("GET /action/acme/s3cret-1/off hook?password=s3cret-2&x=1 HTTP/1.1\r\n"
                                + "Authorization: Basic s3cret-3\r\n\r\npin=s3cret-4")
                        .getBytes(StandardCharsets.ISO_8859_1),
                200);
        assertThat(told.toString())
                .contains("event: request", "\"phone\":\"lobby\"", "/action/acme/•••/off hook?")
                .doesNotContain("s3cret", "Authorization");
    }

    private Outlet outlet() {
        return new Outlet() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void write(byte[] bytes) {
                told.append(new String(bytes, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                // it is there already
            }

            @Override
            public void end() {
                told.append("end");
            }
        };
    }
}
