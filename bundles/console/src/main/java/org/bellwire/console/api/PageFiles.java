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
import java.util.regex.Pattern;
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
            "png", "image/png",
            "html", "text/html; charset=utf-8",
            "json", "application/json; charset=utf-8");

    private static final int FOUND = 302;
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int DEEPEST = 5;
    private static final Pattern DOCUMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,60}");

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

    /** {@code /docs/…}: the documentation of this version. Read when it is asked for: nobody needs it in memory. */
    Optional<WebAnswer> document(List<String> path) {
        if (path.size() == 1) {
            return Optional.of(new WebAnswer(FOUND, PLAIN, Map.of("Location", "/docs/index.html"), new byte[0]));
        }
        String name = String.join("/", path);
        return Optional.of(name)
                .filter(any -> path.size() <= DEEPEST && name.indexOf('.') > 0)
                .filter(any ->
                        path.stream().allMatch(part -> DOCUMENT.matcher(part).matches()))
                .map(PageFiles::read)
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new WebAnswer(
                        WebAnswer.OK,
                        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), PLAIN),
                        Map.of("Cache-Control", "no-cache"),
                        bytes));
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
