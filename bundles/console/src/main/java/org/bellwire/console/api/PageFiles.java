package org.bellwire.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.console.http.WebAnswer;

/** The page's files. A hash over all of them is part of their address, so that a browser may keep them for ever. */
public final class PageFiles {

    private static final String FOLDER = "/org/bellwire/console/";
    private static final String PAGE = "page/";
    private static final int LARGEST = 1 << 20;
    private static final String HASH = "@HASH@";
    private static final List<String> NAMES = List.of(
            "app.js",
            "text.js",
            "api.js",
            "phones.js",
            "phone.js",
            "flow.js",
            "overview.js",
            "inbox.js",
            "parts.js",
            "style.css",
            "icon.svg",
            "lib/lit-html.js",
            "lib/directive.js",
            "lib/directive-helpers.js",
            "lib/directives/repeat.js",
            "lib/uPlot.esm.js",
            "lib/uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8",
            "json", "application/json; charset=utf-8");

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final byte[] page;
    private final byte[] openApi;
    private final String hash;

    public PageFiles() {
        MessageDigest digest = sha256();
        for (String name : NAMES) {
            byte[] bytes = read(PAGE + name);
            files.put(name, bytes);
            digest.update(bytes);
        }
        hash = HexFormat.of().formatHex(digest.digest(), 0, 6);
        page = new String(read(PAGE + "index.html"), StandardCharsets.UTF_8)
                .replace(HASH, hash)
                .getBytes(StandardCharsets.UTF_8);
        openApi = read(PAGE + "openapi.json");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? new byte[0] : in.readNBytes(LARGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page, and what the API's description is. */
    WebAnswer page() {
        return new WebAnswer(WebAnswer.OK, TYPES.getOrDefault("html", ""), Map.of("Cache-Control", "no-cache"), page);
    }

    WebAnswer openApi() {
        return new WebAnswer(
                WebAnswer.OK, TYPES.getOrDefault("json", ""), Map.of("Cache-Control", "no-cache"), openApi);
    }

    /** {@code /docs/<name>.md}: the documentation of this version, as text. */
    Optional<WebAnswer> document(List<String> path) {
        return Optional.of(path)
                .filter(parts -> parts.size() == 2 && parts.get(1).matches("[a-z-]{1,40}\\.md"))
                .map(parts -> read("docs/" + parts.get(1)))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new WebAnswer(
                        WebAnswer.OK, "text/plain; charset=utf-8", Map.of("Cache-Control", "no-cache"), bytes));
    }

    /** {@code /assets/<hash>/<name>}. */
    Optional<WebAnswer> find(List<String> path) {
        if (path.size() < 3 || !path.get(1).equals(hash)) {
            return Optional.empty();
        }
        String name = String.join("/", path.subList(2, path.size()));
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return Optional.ofNullable(files.get(name))
                .map(bytes -> new WebAnswer(
                        WebAnswer.OK, type, Map.of("Cache-Control", "public, max-age=31536000, immutable"), bytes));
    }
}
