package org.bellwire.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers probes at the port of a web container (HTTP Whiteboard), where there is one. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=org.bellwire.health",
            "osgi.http.whiteboard.servlet.pattern=" + Probes.HEALTH,
            "osgi.http.whiteboard.servlet.pattern=" + Probes.METRICS
        })
@SuppressWarnings("serial") // nobody writes it down
public final class ProbeServlet extends HttpServlet {

    private final transient ProbePort port;

    @Activate
    public ProbeServlet(@Reference ProbePort port) {
        this.port = port;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProbeAnswer answer = port.probes().answer(request.getMethod(), request.getServletPath());
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
