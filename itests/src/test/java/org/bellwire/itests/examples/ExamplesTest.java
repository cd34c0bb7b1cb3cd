package org.bellwire.itests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No topic, entity or key of an example is one that Bellwire does not have. */
final class ExamplesTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    static List<ExampleFile> files() {
        return ExampleFile.all();
    }

    private static ExampleFile text(String name, String text) {
        return new ExampleFile(ExampleFile.FOLDER.resolve(name), text);
    }

    @ParameterizedTest
    @MethodSource("files")
    void topics_are_in_the_contract(ExampleFile file) {
        assertThat(TopicCheck.faults(file.text())).as(file.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void entities_are_announced_by_discovery(ExampleFile file) {
        assertThat(EntityCheck.faults(file.text())).as(file.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void keys_of_configuration_files_are_known(ExampleFile file) {
        assertThat(SettingsCheck.faults(file)).as(file.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void links_lead_to_files_that_there_are(ExampleFile file) {
        assertThat(LINK.matcher(file.text()).results().map(link -> link.group(1)))
                .as(file.name())
                .allSatisfy(link -> assertThat(ExampleFile.FOLDER
                                .resolve(file.name())
                                .resolveSibling(link)
                                .normalize())
                        .exists());
    }

    @Test
    void examples_use_topics_entities_and_keys() {
        String all = String.join("\n", files().stream().map(ExampleFile::text).toList());
        assertThat(TopicCheck.topics(all)).hasSizeGreaterThan(60);
        assertThat(EntityCheck.entities(all)).hasSizeGreaterThan(10);
        assertThat(files().stream().flatMap(file -> SettingsCheck.in(file).stream()))
                .hasSizeGreaterThan(3)
                .allSatisfy(settings -> assertThat(settings.keys()).isNotEmpty());
    }

    @Test
    void every_example_is_in_the_index() {
        String index = ExampleFile.named("README.md").text();
        List<String> linked = LINK.matcher(index)
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(files().stream().map(ExampleFile::name).filter(name -> !name.equals("README.md")))
                .isSubsetOf(linked);
    }

    @Test
    void readme_leads_to_the_examples() throws Exception {
        assertThat(Files.readString(Path.of("../README.md"))).contains("(docs/examples/README.md)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic: bellwire/reception/state/cal",
                "topic: bellwire/reception/sate/call",
                "topic: bellwire/reception/event/ringing",
                "topic: bellwire/reception/command/call",
                "topic: bellwire/reception/command",
                "topic: bellwire/Reception/state/call",
                "topic: bellwire/reception/state/call/now",
                "topic: bellwire/reception/availability/now",
                "topic: bellwire/bridge/trigger",
                "topic: bellwire/bridge/online",
                "stateTopic=\"bellwire/reception/state/peer\"",
                "\"topic\": \"bellwire/+/evnt/+\""
            })
    void wrong_topic_is_found(String line) {
        assertThat(TopicCheck.faults(line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binary_sensor.bellwire_reception_offhook",
                "sensor.bellwire_reception_off_hook",
                "light.bellwire_reception_call",
                "sensor.bellwire_call"
            })
    void wrong_entity_is_found(String entity) {
        assertThat(EntityCheck.faults("entity_id: " + entity)).hasSize(1);
    }

    @Test
    void wrong_key_of_a_configuration_file_is_found() {
        assertThat(SettingsCheck.faults(text("org.bellwire.phone-door.cfg", "vendor = htek\nhots = 10.0.0.9\n")))
                .containsExactly("org.bellwire.phone-door.cfg has no key hots");
        assertThat(SettingsCheck.faults(
                        text("page.md", "```properties\n# org.bellwire.trigger-door.cfg\ntopics = a/b\n```\n")))
                .containsExactly("org.bellwire.trigger-door.cfg has no key topics");
    }

    /** Fails when the code has got a name: then it is to be taken out of the list, and the code decides. */
    @Test
    void names_are_awaited_only_while_the_code_does_not_have_them() {
        assertThat(TopicCheck.CODED_COMMANDS)
                .as("remove from TopicCheck.AWAITED_COMMANDS")
                .noneMatch(TopicCheck.AWAITED_COMMANDS::contains);
    }
}
