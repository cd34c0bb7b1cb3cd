package org.bellwire.itests;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Chromium without a window, steered by WebDriver as W3C describes it. */
final class Browser implements AutoCloseable {

    private static final Gson JSON = new Gson();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Program driver;
    private final int port = Loopback.freePort();
    private final String session;

    Browser(Path folder) {
        this(folder, "en");
    }

    /** @param language that its user reads */
    Browser(Path folder, String language) {
        driver = Program.start(
                folder, folder.resolve("chromedriver.txt"), Map.of(), List.of("chromedriver", "--port=" + port));
        Waits.until("chromedriver", this::isReady);
        JsonElement opened = sends("POST", "/session", JsonParser.parseString("""
                {"capabilities":{"alwaysMatch":{"goog:chromeOptions":
                {"args":["--headless=new","--no-sandbox","--disable-gpu","--window-size=1440,900"],
                "prefs":{"intl.accept_languages":"LANGUAGE"}}}}}""".replace("LANGUAGE", language)));
        session = opened.getAsJsonObject().get("sessionId").getAsString();
    }

    private boolean isReady() {
        try {
            return sends("GET", "/status", new JsonObject())
                    .getAsJsonObject()
                    .get("ready")
                    .getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private JsonElement sends(String method, String path, JsonElement body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        method.equals("POST")
                                ? HttpRequest.BodyPublishers.ofString(body.toString())
                                : HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + ": " + answer.body());
            }
            return JsonParser.parseString(answer.body()).getAsJsonObject().get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void opens(String url) {
        sends("POST", "/session/" + session + "/url", JSON.toJsonTree(Map.of("url", url)));
    }

    /** What a script returns. */
    String runs(String script, Object... arguments) {
        JsonElement value = sends(
                "POST",
                "/session/" + session + "/execute/sync",
                JSON.toJsonTree(Map.of("script", script, "args", List.of(arguments))));
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /** What a script hands to its last argument, a function. */
    String awaits(String script, Object... arguments) {
        JsonElement value = sends(
                "POST",
                "/session/" + session + "/execute/async",
                JSON.toJsonTree(Map.of("script", script, "args", List.of(arguments))));
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private void commands(String command, Map<String, ?> parameters) {
        sends(
                "POST",
                "/session/" + session + "/goog/cdp/execute",
                JSON.toJsonTree(Map.of("cmd", command, "params", parameters)));
    }

    /** As somebody who likes it dark. */
    void darkens() {
        commands(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** As on a screen of this width. */
    void narrows(int width, int height) {
        commands(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Waits until the page shows this text. */
    void shows(String text) {
        Waits.until("the page shows " + text, () -> text().contains(text));
    }

    String text() {
        return runs("return document.body.innerText");
    }

    void clicks(String selector, String text) {
        Optional<String> failed = Optional.of(runs(
                        "const all = [...document.querySelectorAll(arguments[0])].filter(e => e.textContent.trim() === arguments[1]);"
                                + " if (all.length) all[0].click(); return all.length ? '' : document.body.innerText",
                        selector,
                        text))
                .filter(shown -> !shown.isEmpty());
        if (failed.isPresent()) {
            throw new AssertionError("no " + selector + " '" + text + "' in " + failed.get());
        }
    }

    @Override
    public void close() {
        try {
            sends("DELETE", "/session/" + session, new JsonObject());
        } finally {
            driver.close();
        }
    }
}
