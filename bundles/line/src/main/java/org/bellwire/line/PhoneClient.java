package org.bellwire.line;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HttpCookieStore;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's client without all that would send a second request by itself: no redirects, no authentication, no cookies, and every
 * connection serves one request. Few daemon threads, and nothing is kept of a phone that is not being talked to.
 */
final class PhoneClient extends HttpClient {

    private static final int MAX_THREADS = 8;
    private static final int FORGET_AFTER_MS = 2000;
    private static final int UNUSED_CONNECTION_MS = 1000;
    private static final int PER_PHONE = 4;

    private final PhoneTransport transport;
    private final Names names = new Names();
    private final Scheduler timer = new ScheduledExecutorScheduler("bellwire-line-timer", true);

    PhoneClient() {
        this(new PhoneTransport());
    }

    private PhoneClient(PhoneTransport transport) {
        super(transport, new PhoneTls());
        this.transport = transport;
        setExecutor(threads());
        setScheduler(timer);
        setSocketAddressResolver(names);
        setFollowRedirects(false);
        setCookieStore(new HttpCookieStore.Empty());
        setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Bellwire"));
        setMaxConnectionsPerDestination(PER_PHONE);
        setMaxRequestsQueuedPerDestination(PER_PHONE);
        setDestinationIdleTimeout(FORGET_AFTER_MS);
        setIdleTimeout(UNUSED_CONNECTION_MS);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("bellwire-line");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        threads.setStopTimeout(1000);
        return threads;
    }

    Names names() {
        return names;
    }

    Scheduler timer() {
        return timer;
    }

    /** For connections from now on. */
    void connectWithin(int milliseconds) {
        setConnectTimeout(milliseconds);
        transport.connectWithin(milliseconds);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
        getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
        getContentDecoderFactories().clear();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        names.close();
    }
}
