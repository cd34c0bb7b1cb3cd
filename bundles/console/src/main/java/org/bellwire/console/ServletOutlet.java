package org.bellwire.console;

import java.io.IOException;
import java.util.Optional;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.bellwire.console.stream.Outlet;
import org.bellwire.console.stream.Viewer;
import org.bellwire.console.stream.Viewers;

/** A viewer's connection in the web container: written to without waiting. */
final class ServletOutlet implements Outlet, WriteListener, AsyncListener {

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Viewers viewers;
    private final String session;
    private final Optional<String> lastId;
    private final int recent;
    private volatile Optional<Viewer> viewer = Optional.empty();

    private ServletOutlet(
            AsyncContext async,
            ServletOutputStream out,
            Viewers viewers,
            String session,
            Optional<String> lastId,
            int recent) {
        this.async = async;
        this.out = out;
        this.viewers = viewers;
        this.session = session;
        this.lastId = lastId;
        this.recent = recent;
    }

    static void open(HttpServletRequest request, HttpServletResponse response, Viewers viewers, String session)
            throws IOException {
        Optional<String> lastId = Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .or(() -> Optional.ofNullable(request.getParameter("last")));
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        ServletOutlet outlet =
                new ServletOutlet(async, response.getOutputStream(), viewers, session, lastId, recent(request));
        async.addListener(outlet);
        response.getOutputStream().setWriteListener(outlet);
    }

    private static int recent(HttpServletRequest request) {
        String told = Optional.ofNullable(request.getParameter("recent")).orElse("0");
        return told.matches("\\d{1,4}") ? Integer.parseInt(told) : 0;
    }

    @Override
    public void onWritePossible() {
        if (viewer.isEmpty()) {
            viewer = viewers.join(this, session, lastId, recent);
        }
        viewer.ifPresentOrElse(viewers::goOn, this::end); // several came at once, and others were first
    }

    @Override
    public void onError(Throwable failure) {
        leave();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void end() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // the connection has ended already
        }
    }

    private void leave() {
        viewer.ifPresent(viewers::leave);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        leave();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // There is one only.
    }
}
