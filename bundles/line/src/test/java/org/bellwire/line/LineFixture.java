package org.bellwire.line;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Access.Authentication;
import org.bellwire.api.spi.PhoneRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A line for one test. */
final class LineFixture implements BeforeEachCallback, AfterEachCallback {

    static final Access OPEN = Access.http(Authentication.NONE);
    static final Access PASSWORD = Access.http(Authentication.PASSWORD);

    private final Map<String, String> properties;
    private final Counters counters;
    private @Nullable HttpPhoneClient line;

    LineFixture(Map<String, String> properties) {
        this(properties, Counters.NONE);
    }

    LineFixture(Map<String, String> properties, Counters counters) {
        this.properties = properties;
        this.counters = counters;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        line = started(properties, RequestSender.Surroundings.REAL, counters);
    }

    /** A line that runs. */
    static HttpPhoneClient started(
            Map<String, String> properties, RequestSender.Surroundings surroundings, Counters counters)
            throws IOException {
        HttpPhoneClient line =
                new HttpPhoneClient(properties, RequestSender.Bounds.DEFAULT, surroundings, Optional.of(counters));
        line.start();
        return line;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        line().stop();
    }

    HttpPhoneClient line() {
        if (line == null) {
            throw new IllegalStateException("between tests");
        }
        return line;
    }

    Answer send(Address to, String target) throws Exception {
        return line().send(to, new PhoneRequest(target)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
