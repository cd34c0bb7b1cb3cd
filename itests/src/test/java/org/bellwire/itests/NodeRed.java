package org.bellwire.itests;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Node-RED of the test's own, as people run it: a flow comes in by the interface that its editor uses, too. */
final class NodeRed implements AutoCloseable {

    private static final Path SOURCE = Path.of("src/test/node-red").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target/node-red").toAbsolutePath();

    private final int port = Loopback.freePort();
    /** Not HTTP/2, for which the client would ask Node-RED to upgrade the connection, as only its editor may. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Program program;

    private NodeRed(Path folder) {
        program = Program.start(
                folder,
                folder.resolve("node-red.log"),
                Map.of(),
                List.of(
                        "node",
                        INSTALLED.resolve("node_modules/node-red/red.js").toString(),
                        "--userDir",
                        folder.toString(),
                        "--settings",
                        SOURCE.resolve("settings.js").toString(),
                        "--port",
                        String.valueOf(port)));
    }

    /** Installs it first if {@code ./verify} has not; fails if that cannot be done. */
    static NodeRed running(Path folder) {
        Program.Ended install = Program.run(
                folder,
                Map.of(),
                Duration.ofMinutes(5),
                List.of(SOURCE.resolve("install").toString()));
        if (install.exit() != 0) {
            throw new IllegalStateException("Node-RED cannot be installed: " + install.output());
        }
        NodeRed nodeRed = new NodeRed(folder);
        try {
            Waits.atMost(Duration.ofSeconds(60), "Node-RED answers").until(nodeRed::answers);
            return nodeRed;
        } catch (RuntimeException | Error e) {
            nodeRed.close();
            throw new IllegalStateException(nodeRed.program.output(), e);
        }
    }

    private boolean answers() {
        if (!program.isAlive()) {
            throw new IllegalStateException("Node-RED ended");
        }
        return get("/flows").isPresent();
    }

    /** Imports a flow as it was shipped, but for the broker's address. */
    void imports(Path flow, Mosquitto broker) {
        JsonArray nodes;
        try {
            nodes = JsonParser.parseString(Files.readString(flow)).getAsJsonArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var node : nodes) {
            JsonObject object = node.getAsJsonObject();
            if (object.get("type").getAsString().equals("mqtt-broker")) {
                object.addProperty("broker", "127.0.0.1");
                object.addProperty("port", String.valueOf(broker.port()));
            }
        }
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/flows"))
                        .header("Content-Type", "application/json")
                        .header("Node-RED-Deployment-Type", "full")
                        .POST(HttpRequest.BodyPublishers.ofString(nodes.toString())))
                .orElseThrow();
        if (answer.statusCode() != 204) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    /** What a flow has kept under a key: {@code scope} is {@code flow} or {@code node}; empty: nothing. */
    Optional<String> kept(String scope, String id, String key) {
        return get("/context/" + scope + "/" + id + "/" + key)
                .map(text -> JsonParser.parseString(text).getAsJsonObject())
                .flatMap(context -> Optional.ofNullable(context.get("msg")))
                .map(value -> value.getAsString());
    }

    String log() {
        return program.output();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Optional<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)))
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body);
    }

    /** Empty: it does not answer. */
    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(
                    client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
