package org.bellwire.testkit;

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
import org.bellwire.api.CallInfo;
import org.bellwire.api.CommandName;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every vendor keeps. A vendor's test extends this class, names its binding, and has beside it
 * {@code recordings/events.txt} and {@code recordings/commands.txt} among its test resources and a {@code README.md} in its
 * folder; {@code docs/add-a-vendor.md} tells their form. A missing recording fails.
 */
public abstract class BindingContract {

    /** The longest gateway that a site is likely to have. */
    private static final String GATEWAY = "http://255.255.255.255:65535";

    private static final String TOKEN = "k7Qw2ZpXv9LmN4cR8sTy1B";

    /** The vendor under test. */
    protected abstract PhoneBinding binding();

    /** The vendor's README. */
    protected Path readme() {
        return Path.of("README.md");
    }

    /** Whether the vendor's phones can tell their MAC address; without it a phone needs a token of its own. */
    protected boolean tellsMac() {
        return true;
    }

    @Test
    final void every_event_row_has_a_recorded_request() {
        List<EventRow> recorded = recordedEvents().stream()
                .flatMap(recording -> recording.row(events()).stream())
                .toList();
        assertThat(names(recorded)).as("rows that a recording shows").containsAll(names(events().rows()));
        assertAll(events().rows().stream()
                .flatMap(row -> row.variants().stream())
                .map(variant -> () -> assertThat(recordedEvents())
                        .as("a recording with %s=%s", variant.variable(), variant.value())
                        .anyMatch(recording ->
                                variant.type().wire().equals(recording.meaning().get("event")))));
    }

    @Test
    final void every_recorded_event_is_read_as_recorded() {
        assertAll(recordedEvents().stream().map(recording -> (Executable) () ->
                assertThat(recording.read(events())).as(recording.target()).isEqualTo(recording.meaning())));
    }

    @Test
    final void every_recorded_target_is_of_this_vendor() {
        assertThat(recordedEvents())
                .allSatisfy(
                        recording -> assertThat(Target.parse(recording.target()).vendor())
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
    final void every_command_row_has_recorded_requests() {
        Set<CommandName> sent = recordedCommands().stream()
                .filter(recording -> !recording.isRefusal())
                .map(CommandRecording::name)
                .collect(toSet());
        assertThat(sent)
                .as("commands with recorded requests")
                .isEqualTo(binding().commands().names());
    }

    @Test
    final void every_recorded_command_makes_exactly_its_requests() {
        assertAll(recordedCommands().stream().map(recording -> () -> check(recording)));
    }

    private void check(CommandRecording recording) {
        Plan plan = recording.plan(binding().commands());
        if (recording.isRefusal()) {
            assertThat(plan).as(recording.toString()).isInstanceOf(Plan.Refuse.class);
            assertThat(((Plan.Refuse) plan).reason()).as(recording.toString()).contains(recording.reason());
        } else {
            assertThat(plan)
                    .as(recording.toString())
                    .isEqualTo(Plan.send(
                            recording.targets().stream().map(PhoneRequest::new).toList()));
        }
    }

    @Test
    final void every_guarded_command_has_a_recorded_refusal() {
        Set<CommandName> guarded = binding().commands().rows().stream()
                .filter(row -> !row.guards().isEmpty())
                .map(CommandRow::name)
                .collect(toSet());
        Set<CommandName> refused = recordedCommands().stream()
                .filter(CommandRecording::isRefusal)
                .map(CommandRecording::name)
                .collect(toSet());
        assertThat(refused).as("commands with a recorded refusal").containsAll(guarded);
    }

    @Test
    final void every_key_is_sent_by_its_name_and_no_other_is() {
        binding().commands().keyPad().ifPresent(pad -> {
            assertThat(pad.keys())
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(pad.key(key).target()).endsWith("key=" + key));
            assertThat(pad.keys()).as("keys that need a call or a permission").containsAll(pad.inCall());
            assertThat(pad.keys()).containsAll(pad.gated().keySet());
            assertThatThrownBy(() -> pad.key("NoSuchKey")).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    final void what_must_be_allowed_cannot_be_reached_by_a_key() {
        Set<CommandName> risky = binding().commands().names().stream()
                .filter(CommandName::mustBeAllowed)
                .collect(toSet());
        binding()
                .commands()
                .keyPad()
                .ifPresent(pad -> assertThat(Set.copyOf(pad.gated().values())).isEqualTo(risky));
    }

    @Test
    final void every_generated_url_is_short_enough_and_carries_what_matters() {
        Provisioning provisioning = binding().provisioning();
        assertThat(urls()).hasSameSizeAs(events().rows()).allSatisfy(event -> {
            assertThat(event.url())
                    .hasSizeLessThanOrEqualTo(Provisioning.MAX_URL)
                    .startsWith(GATEWAY);
            if (!provisioning.phoneAppends()) {
                Set<String> names = Target.parse(
                                event.url().substring(GATEWAY.length()).replace("$", ""))
                        .variables()
                        .asSent()
                        .keySet();
                assertThat(names).as(event.url()).containsAll(variables(events().callVariables()));
                assertThat(names.contains("mac")).as("mac").isEqualTo(tellsMac());
            }
        });
        assertThat(provisioning.menu()).as("where the URLs are typed in").isNotBlank();
    }

    private static List<String> variables(CallVariables call) {
        return Stream.of(
                        Stream.of(call.id()),
                        call.account().stream(),
                        call.first().number().stream(),
                        call.first().name().stream(),
                        call.second().number().stream(),
                        call.second().name().stream(),
                        call.directions().stream().limit(1).map(CallVariables.DirectionVariable::name))
                .flatMap(names -> names)
                .toList();
    }

    @Test
    final void every_generated_url_leads_back_to_its_event_and_call() {
        assertAll(urls().stream()
                .flatMap(event -> Stream.of(Direction.values()).map(way -> () -> tripsBack(event, way))));
    }

    private void tripsBack(Provisioning.EventUrl event, Direction way) {
        CallInfo call = FilledUrl.call(way);
        Target read = Target.parse(new FilledUrl(binding()).target(event.url(), event.row(), call));
        CallVariables variables = events().callVariables();
        CallInfo back = variables.read(read.variables(), Optional.of(way));
        assertThat(read.vendor()).isEqualTo(binding().info().id());
        assertThat(read.token()).isEqualTo(TOKEN);
        assertThat(events().eventName(read.path(), read.variables()).flatMap(events()::find))
                .as(event.url())
                .contains(event.row());
        assertThat(back.id()).isEqualTo(call.id());
        assertThat(back.number()).as("the other party's number, %s", way).isEqualTo(call.number());
        assertThat(back.name()).as("the other party's name, %s", way).isEqualTo(call.name());
        assertThat(back.account()).isEqualTo(variables.account().isPresent() ? call.account() : Optional.empty());
    }

    @Test
    final void every_configuration_text_parses_and_leads_back_to_the_right_events() {
        List<Provisioning.Format> formats = binding().provisioning().formats();
        assertThat(formats.stream().map(Provisioning.Format::name)).doesNotHaveDuplicates();
        assertThat(formats).allSatisfy(format -> {
            assertThat(format.fileName(Optional.of("00:1F:C1:1A:8B:6C"))).contains("001fc11a8b6c");
            assertThat(format.fileName(Optional.empty())).isNotBlank();
            Map<String, String> settings = SettingsText.parse(
                    format.render(new Provisioning.Content(urls(), "255.255.255.255", Optional.empty())));
            urls().forEach(event -> assertThat(settings.entrySet().stream()
                            .filter(setting -> event.row().keys().contains(setting.getKey()))
                            .map(Map.Entry::getValue))
                    .as("%s: %s", format.name(), event.row().name())
                    .isEqualTo(event.row().keys().isEmpty() ? List.of() : List.of(event.url())));
            assertThat(settings.values().stream().filter(value -> value.startsWith("http")))
                    .as("every URL belongs to a row")
                    .hasSize((int) events().rows().stream()
                            .filter(row -> !row.keys().isEmpty())
                            .count());
        });
    }

    @Test
    final void the_readme_has_the_sections_of_every_vendor() {
        Readme readme = Readme.read(readme());
        assertThat(readme.title()).isEqualTo(binding().info().name());
        assertThat(readme.text()).contains(binding().info().document());
        assertThat(readme.headings()).isEqualTo(Readme.SECTIONS);
        assertThat(Readme.SECTIONS)
                .allSatisfy(section -> assertThat(String.join("", readme.section(section)))
                        .as(section)
                        .isNotBlank());
        assertThat(readme.section("Full example"))
                .contains("vendor = " + binding().info().id());
        assertThat(String.join("\n", readme.section("Set-up on the phone")))
                .contains(binding().provisioning().menu());
    }

    @Test
    final void the_readme_and_the_event_table_agree() {
        Readme readme = Readme.read(readme());
        Documented code = new Documented(binding());
        assertThat(Readme.draw(readme.table("Events"))).isEqualTo(Readme.draw(code.events()));
        assertThat(readme.words("Events", "Derived:")).as("Derived:").isEqualTo(code.derived());
    }

    @Test
    final void the_readme_and_the_command_table_agree() {
        List<List<String>> rows = Readme.read(readme()).table("Commands");
        assertThat(rows.stream().map(row -> plain(row.get(0))).distinct())
                .isEqualTo(binding().commands().names().stream()
                        .map(CommandName::wire)
                        .toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(recordedCommands())
                        .as("a recording of the README's row %s", row)
                        .anyMatch(recording -> recording.name().wire().equals(plain(row.get(0)))
                                && recording.payload().equals(plain(row.get(1)))
                                && recording.outcome().equals(plain(row.get(2)))));
        binding().commands().rows().stream()
                .filter(row -> !row.guards().isEmpty() || row.name().mustBeAllowed())
                .forEach(row -> assertThat(rows)
                        .as("the README tells when %s is sent", row.name().wire())
                        .filteredOn(
                                cells -> plain(cells.get(0)).equals(row.name().wire()))
                        .allSatisfy(cells -> assertThat(cells.get(3)).isNotBlank()));
        Set<String> keys = binding().commands().keyPad().map(KeyPad::keys).orElse(Set.of());
        List<String> told = Readme.read(readme()).words("Commands", "Keys:");
        assertThat(KeyPad.of(String.join(" ", told), key -> new PhoneRequest("/" + key))
                        .keys())
                .as("Keys:")
                .isEqualTo(keys.isEmpty() ? Set.of("") : keys);
    }

    @Test
    final void the_readme_and_the_settings_agree() {
        Map<String, String> settings = new Documented(binding()).settings();
        List<List<String>> rows = Readme.read(readme()).table("Configuration");
        assertThat(rows.stream().map(row -> plain(row.get(0))))
                .contains(settings.keySet().toArray(String[]::new));
        settings.forEach((key, otherwise) -> assertThat(rows)
                .filteredOn(row -> plain(row.get(0)).equals(key))
                .singleElement()
                .satisfies(row -> assertThat(plain(row.get(1))).as(key).isEqualTo(otherwise)));
    }

    @Test
    final void the_vendor_reports_calls_or_devices_not_nothing() {
        assertThat(events().events()).contains(EventType.VENDOR_EVENT).hasSizeGreaterThan(1);
        assertThat(events().properties()).isNotEmpty();
    }

    private List<Provisioning.EventUrl> urls() {
        String base = GATEWAY + "/action/" + binding().info().id() + "/" + TOKEN;
        return binding().provisioning().urls(events(), base);
    }

    private EventTable events() {
        return binding().events();
    }

    private List<EventRecording> recordedEvents() {
        return Recordings.events(getClass());
    }

    private List<CommandRecording> recordedCommands() {
        return Recordings.commands(getClass());
    }

    private static List<String> names(List<EventRow> rows) {
        return rows.stream().map(EventRow::name).toList();
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }
}
