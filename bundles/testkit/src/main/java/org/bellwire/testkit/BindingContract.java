package org.bellwire.testkit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every vendor keeps. A vendor's test extends this class, names its binding, and has beside it
 * {@code samples/events.txt} and {@code samples/commands.txt} among its test resources and a {@code README.md} in its
 * folder; {@code docs/add-a-vendor.md} tells their form. A missing sample fails.
 */
public abstract class BindingContract {

    /** The vendor under test. */
    protected abstract PhoneBinding binding();

    /** The vendor's README. */
    protected Path readme() {
        return Path.of("README.md");
    }

    /** What {@code phone:capture} wrote of the vendor's phones, with what each report means below it; need not be there. */
    protected Path captures() {
        return Path.of("src/test/resources/captures");
    }

    /** Whether the vendor's phones can tell their MAC address; without it a phone needs a token of its own. */
    protected boolean tellsMac() {
        return true;
    }

    @Test
    final void every_event_row_has_a_sample() {
        List<EventRow> shown = eventSamples().stream()
                .flatMap(sample -> sample.row(events()).stream())
                .toList();
        assertThat(names(shown)).as("rows that a sample shows").containsAll(names(events().rows()));
        assertAll(events().rows().stream()
                .flatMap(row -> row.variants().stream())
                .map(variant -> () -> assertThat(eventSamples())
                        .as("a sample with %s=%s", variant.variable(), variant.value())
                        .anyMatch(sample ->
                                variant.type().wire().equals(sample.meaning().get("event")))));
    }

    @Test
    final void every_sample_of_an_event_is_read_as_it_says() {
        assertAll(eventSamples().stream().map(sample -> (Executable)
                () -> assertThat(sample.read(events())).as(sample.target()).isEqualTo(sample.meaning())));
    }

    @Test
    final void every_sample_of_an_event_is_of_this_vendor() {
        assertThat(eventSamples())
                .allSatisfy(
                        sample -> assertThat(SampleTarget.parse(sample.target()).vendor())
                                .isEqualTo(binding().info().id()));
    }

    @Test
    final void every_name_and_alias_finds_its_row_however_it_is_spelled() {
        assertThat(events().rows())
                .isNotEmpty()
                .allSatisfy(row -> Stream.concat(
                                Stream.of(row.name(), row.slug(), row.name().toUpperCase(Locale.ROOT)),
                                row.aliases().stream())
                        .forEach(
                                name -> assertThat(events().find(name)).as(name).contains(row)));
    }

    @Test
    final void a_name_that_is_not_in_the_table_is_found_by_nobody() {
        assertThat(Stream.of("", "-", "no such event", "call", "%00").map(events()::find))
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(events().eventName(List.of(), Variables.NONE)).isEmpty();
        assertThat(events().eventName(List.of("--"), Variables.NONE)).isEmpty();
    }

    @Test
    final void every_capture_is_read_as_it_says() {
        new CaptureCheck(events()).folder(captures());
    }

    @Test
    final void a_mutilated_request_is_read_without_a_fault() {
        new HostileInput(binding()).mutilate(eventSamples());
    }

    @Test
    final void a_report_means_the_same_with_each_byte_of_its_values_encoded() {
        new UrlVariants(events(), eventSamples()).encoded();
    }

    @Test
    final void a_report_means_the_same_with_the_names_of_its_variables_in_upper_case() {
        new UrlVariants(events(), eventSamples()).namesInUpperCase();
    }

    @Test
    final void the_first_of_a_repeated_variable_counts() {
        new UrlVariants(events(), eventSamples()).repeated();
    }

    @Test
    final void variables_that_nobody_knows_change_nothing() {
        new UrlVariants(events(), eventSamples()).withMore();
    }

    @Test
    final void what_a_phone_leaves_out_or_empty_is_absent() {
        new UrlVariants(events(), eventSamples()).lacking();
    }

    @Test
    final void another_number_is_read_in_the_place_of_the_samples() {
        new UrlVariants(events(), eventSamples()).otherNumbers();
    }

    @Test
    final void no_payload_reaches_the_wire_as_more_than_a_value() {
        new HostileInput(binding()).inject();
    }

    @Test
    final void every_command_row_has_a_sample() {
        Set<CommandName> sent = commandSamples().stream()
                .filter(sample -> !sample.isRefusal())
                .map(CommandSample::name)
                .collect(toSet());
        assertThat(sent)
                .as("commands with samples")
                .isEqualTo(binding().commands().names());
    }

    @Test
    final void every_sample_of_a_command_makes_exactly_its_requests() {
        assertAll(commandSamples().stream().map(sample -> () -> check(sample)));
    }

    private void check(CommandSample sample) {
        Plan plan = sample.plan(binding().commands());
        if (sample.isRefusal()) {
            assertThat(plan).as(sample.toString()).isInstanceOf(Plan.Refuse.class);
            assertThat(((Plan.Refuse) plan).reason()).as(sample.toString()).contains(sample.reason());
        } else {
            assertThat(plan).as(sample.toString()).isInstanceOf(Plan.Send.class);
            assertThat(((Plan.Send) plan).requests())
                    .as(sample.toString())
                    .extracting(PhoneRequest::toString)
                    .isEqualTo(sample.requests());
        }
    }

    @Test
    final void every_guarded_command_has_a_sample_of_its_refusal() {
        Set<CommandName> guarded = binding().commands().rows().stream()
                .filter(row -> !row.guards().isEmpty())
                .map(CommandRow::name)
                .collect(toSet());
        Set<CommandName> refused = commandSamples().stream()
                .filter(CommandSample::isRefusal)
                .map(CommandSample::name)
                .collect(toSet());
        assertThat(refused).as("commands with a sample of their refusal").containsAll(guarded);
    }

    @Test
    final void every_key_is_sent_by_its_name_and_no_other_is() {
        binding().commands().keyPad().ifPresent(pad -> {
            assertThat(pad.keys())
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(pad.key(key).target())
                            .satisfiesAnyOf(
                                    target -> assertThat(target).endsWith("=" + key),
                                    target -> assertThat(target).endsWith("=" + encoded(key))));
            assertThat(pad.keys()).as("keys that need a call or a permission").containsAll(pad.inCall());
            assertThat(pad.keys()).containsAll(pad.gated().keySet());
            assertThatThrownBy(() -> pad.key("NoSuchKey")).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    final void what_must_be_allowed_cannot_be_reached_by_a_key() {
        Map<String, CommandName> risky = commandSamples().stream()
                .filter(sample -> sample.name().mustBeAllowed() && !sample.isRefusal())
                .flatMap(sample -> sample.requests().stream().map(request -> Map.entry(request, sample.name())))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one));
        binding()
                .commands()
                .keyPad()
                .ifPresent(pad -> assertThat(pad.keys())
                        .allSatisfy(key -> assertThat(
                                        Optional.ofNullable(pad.gated().get(key)))
                                .as(key)
                                .isEqualTo(Optional.ofNullable(
                                        risky.get(pad.key(key).toString())))));
    }

    @Test
    final void every_generated_url_is_short_enough_and_carries_what_matters() {
        new ProvisioningCheck(binding()).everyUrlFits(tellsMac());
    }

    @Test
    final void every_generated_url_leads_back_to_its_event_and_call() {
        new ProvisioningCheck(binding()).everyUrlLeadsBack();
    }

    @Test
    final void every_configuration_text_parses_and_leads_back_to_the_right_events() {
        new ProvisioningCheck(binding()).everyTextLeadsBack();
    }

    @Test
    final void a_setting_is_written_as_one_value_of_one_request() {
        binding().settingsPage().ifPresent(page -> {
            assertThat(page.writer().write("an_url", "http://a/?b=1&c=$d#e f").toString())
                    .containsAnyOf(
                            "an_url=http%3A%2F%2Fa%2F%3Fb%3D1%26c%3D%24d%23e%20f",
                            "\"an_url\":\"http://a/?b=1&c=$d#e f\"");
            assertThat(page.reader().read("")).isEmpty();
            assertThat(Stream.of("an_url: http://a/?b=1\n", "{\"data\":{\"an_url\":\"http://a/?b=1\"}}")
                            .map(page.reader()::read))
                    .as("one of the usual forms is read")
                    .anyMatch(read -> read.equals(Map.of("an_url", "http://a/?b=1")));
        });
    }

    @Test
    final void the_readme_has_the_sections_of_every_vendor() {
        readmeCheck().sections();
    }

    @Test
    final void the_readme_and_the_event_table_agree() {
        readmeCheck().events();
    }

    @Test
    final void the_readme_and_the_command_table_agree() {
        readmeCheck().commands(commandSamples());
    }

    @Test
    final void the_readme_and_the_settings_agree() {
        readmeCheck().settings();
    }

    @Test
    final void the_vendor_reports_calls_or_devices_not_nothing() {
        assertThat(events().events()).contains(EventType.VENDOR_EVENT).hasSizeGreaterThan(1);
    }

    /** Some phones want even a star encoded. */
    private static String encoded(String key) {
        return PhoneRequest.encode(key).replace("*", "%2A");
    }

    private ReadmeCheck readmeCheck() {
        return new ReadmeCheck(binding(), Readme.read(readme()));
    }

    private EventTable events() {
        return binding().events();
    }

    private List<EventSample> eventSamples() {
        return Samples.events(getClass());
    }

    private List<CommandSample> commandSamples() {
        return Samples.commands(getClass());
    }

    private static List<String> names(List<EventRow> rows) {
        return rows.stream().map(EventRow::name).toList();
    }
}
