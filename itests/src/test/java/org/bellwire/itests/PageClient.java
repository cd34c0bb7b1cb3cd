package org.bellwire.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks the web page's server byte by byte, as a browser, a script and a stranger do. */
final class PageClient {

    static final String TOKEN = "tokenOfThePageForTests_123";

    private final int port;

    PageClient(int port) {
        this.port = port;
    }

    /** What a browser that is logged in sends with each change. */
    record Login(String cookie, String csrf) {}

    boolean opens() {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A connection on which this was asked. */
    Socket asks(String request) throws IOException {
        Socket socket = new Socket(Loopback.LOCALHOST, port);
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** The whole answer. */
    String request(String method, String path, String headers, String body) {
        try (Socket socket = asks(method + " " + path + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String own() {
        return "Host: 127.0.0.1:" + port + "\r\n";
    }

    String origin() {
        return "Origin: http://127.0.0.1:" + port + "\r\n";
    }

    /** As a script asks. */
    String get(String path) {
        return request("GET", path, own() + bearer(), "");
    }

    static String bearer() {
        return "Authorization: Bearer " + TOKEN + "\r\n";
    }

    Login login() {
        String login = request("POST", "/api/session", own(), "{\"token\":\"" + TOKEN + "\"}");
        return new Login(
                login.replaceAll("(?s).*Set-Cookie: (bellwire=[^;]+);.*", "Cookie: $1\r\n"),
                "X-CSRF-Token: " + json(login).get("csrf").getAsString() + "\r\n");
    }

    static JsonObject json(String answer) {
        return JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n")))
                .getAsJsonObject();
    }
}
