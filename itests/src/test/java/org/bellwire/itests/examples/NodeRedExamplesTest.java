package org.bellwire.itests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The flow in docs/examples/node-red, as it stands in its file. {@code NodeRedIT} runs it. */
final class NodeRedExamplesTest {

    private static List<JsonObject> nodes() {
        return JsonParser.parseString(ExampleFile.named("node-red/flow.json").text()).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static Stream<JsonObject> nodes(String type) {
        return nodes().stream().filter(node -> text(node, "type").equals(type));
    }

    private static String text(JsonObject node, String key) {
        return node.get(key).getAsString();
    }

    @Test
    void wires_lead_to_nodes_that_there_are() {
        List<String> ids = nodes().stream().map(node -> text(node, "id")).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(nodes().stream()
                        .filter(node -> node.has("wires"))
                        .flatMap(node -> node.getAsJsonArray("wires").asList().stream())
                        .flatMap(output -> output.getAsJsonArray().asList().stream())
                        .map(JsonElement::getAsString))
                .isNotEmpty()
                .isSubsetOf(ids);
    }

    @Test
    void states_arrive_as_a_string() {
        assertThat(nodes("mqtt in").filter(node -> text(node, "topic").contains("/state/")))
                .isNotEmpty()
                .allSatisfy(node -> assertThat(text(node, "datatype")).isEqualTo("utf8"));
        assertThat(nodes("mqtt in").map(node -> text(node, "datatype"))).isSubsetOf("utf8", "json");
    }

    @Test
    void nothing_is_published_retained_or_without_acknowledgement() {
        assertThat(nodes("mqtt out")).isNotEmpty().allSatisfy(node -> {
            assertThat(text(node, "retain")).isEqualTo("false");
            assertThat(text(node, "qos")).isEqualTo("1");
        });
    }

    @Test
    void node_red_of_the_tests_comes_with_versions_and_checksums_and_from_no_place() throws Exception {
        JsonObject lock = JsonParser.parseString(Files.readString(Path.of("src/test/node-red/package-lock.json")))
                .getAsJsonObject()
                .getAsJsonObject("packages");
        assertThat(lock.keySet()).hasSizeGreaterThan(100);
        assertThat(lock.entrySet().stream()
                        .filter(entry -> entry.getKey().contains("node_modules/"))
                        .map(entry -> entry.getValue().getAsJsonObject())
                        .filter(entry -> !entry.has("inBundle")))
                .allSatisfy(entry -> assertThat(entry.keySet())
                        .contains("version", "integrity")
                        .doesNotContain("resolved"));
    }
}
