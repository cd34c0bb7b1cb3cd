package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.Guard;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.VendorInfo;
import org.bellwire.binding.ringwell.RingwellBinding;
import org.junit.jupiter.api.Test;

/** The contract must fail where a vendor breaks it: each test breaks a good vendor in one way. */
class BindingContractTest {

    private static final PhoneBinding GOOD = new RingwellBinding();

    @Test
    void an_event_without_a_sample_fails() {
        assertFails(withEvents(plus(EventRow.on("New", EventType.HOOK_ON)))::every_event_row_has_a_sample);
    }

    @Test
    void a_variant_without_a_sample_fails() {
        EventRow row = EventRow.on("Bell", EventType.CALL_INCOMING).when("peer", "x", EventType.CALL_UPDATED);
        assertFails(withEvents(List.of(row))::every_event_row_has_a_sample);
    }

    @Test
    void an_event_that_means_something_else_fails() {
        List<EventRow> rows = GOOD.events().rows().stream()
                .map(row -> row.name().equals("Over") ? EventRow.on("Over", EventType.CALL_MISSED) : row)
                .toList();
        assertFails(withEvents(rows)::every_sample_of_an_event_is_read_as_it_says);
        assertFails(withEvents(rows)::the_readme_and_the_event_table_agree);
    }

    @Test
    void a_variable_read_from_the_wrong_side_fails() {
        EventTable swapped = EventTable.namedInPath(
                CallVariables.id("call").own("peer").other("me", "peer_name"),
                array(GOOD.events().rows()));
        assertFails(
                new Contract(swapped, GOOD.commands(), GOOD.provisioning())
                        ::every_sample_of_an_event_is_read_as_it_says);
    }

    @Test
    void a_command_without_a_sample_fails() {
        CommandRow more = CommandRow.on(CommandName.REDIAL, new PhoneRequest("/remote?do=redial"));
        Contract contract = withCommands(
                Stream.concat(GOOD.commands().rows().stream(), Stream.of(more)).toList());
        assertFails(contract::every_command_row_has_a_sample);
        assertFails(contract::the_readme_and_the_command_table_agree);
    }

    @Test
    void another_byte_on_the_wire_fails() {
        CommandRow other = CommandRow.on(CommandName.HANGUP, new PhoneRequest("/remote?do=hangUp"));
        assertFails(withCommands(List.of(other))::every_sample_of_a_command_makes_exactly_its_requests);
    }

    @Test
    void a_guard_that_lets_everything_pass_fails() {
        List<CommandRow> rows = GOOD.commands().rows().stream()
                .map(row -> new CommandRow(row.name(), List.of(), row.ofCalls(), row.planner()))
                .toList();
        assertFails(withCommands(rows)::every_sample_of_a_command_makes_exactly_its_requests);
    }

    @Test
    void a_guard_without_a_sample_of_its_refusal_fails() {
        List<CommandRow> rows = GOOD.commands().rows().stream()
                .map(row -> row.when(Guard.onlyDuringCall()))
                .toList();
        assertFails(withCommands(rows)::every_guarded_command_has_a_sample_of_its_refusal);
    }

    @Test
    void a_payload_that_is_not_encoded_fails() {
        CommandRow raw = CommandRow.on(
                CommandName.HANGUP,
                (command, phone) -> Plan.send(new PhoneRequest("/remote?do=hangup&call=" + command.value())));
        assertThatThrownBy(withCommands(List.of(raw))::no_payload_reaches_the_wire_as_more_than_a_value)
                .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
    }

    @Test
    void an_url_that_lacks_the_other_party_fails() {
        Contract contract = withProvisioning("/{event}?mac=$mac&call=$call&me=$me", formats());
        assertFails(contract::every_generated_url_is_short_enough_and_carries_what_matters);
        assertFails(contract::every_generated_url_leads_back_to_its_event_and_call);
    }

    @Test
    void an_url_that_loses_what_matters_to_be_short_fails() {
        String template =
                "/{event}?mac=$mac&" + "x".repeat(150) + "=1&call=$call&me=$me&peer=$peer&peer_name=$peer_name";
        assertFails(
                withProvisioning(template, formats())::every_generated_url_is_short_enough_and_carries_what_matters);
    }

    @Test
    void an_url_that_names_no_event_fails() {
        String template = "?mac=$mac&call=$call&me=$me&peer=$peer&peer_name=$peer_name";
        assertFails(withProvisioning(template, formats())::every_generated_url_leads_back_to_its_event_and_call);
    }

    @Test
    void xml_with_raw_ampersands_fails() {
        KeyFile raw = KeyFile.text("xml", "{mac}.xml", "<{0}>{url}</{0}>").between("<a>", "</a>");
        assertFails(
                withProvisioning(GOOD.provisioning().template(), List.of(raw))
                        ::every_configuration_text_parses_and_leads_back_to_the_right_events);
    }

    @Test
    void a_setting_with_the_url_of_another_event_fails() {
        KeyFile wrong = KeyFile.text("text", "{mac}.txt", "{0} = http://gateway/action/ringwell/T/bell");
        assertFails(
                withProvisioning(GOOD.provisioning().template(), List.of(wrong))
                        ::every_configuration_text_parses_and_leads_back_to_the_right_events);
    }

    @Test
    void a_missing_readme_fails() {
        Contract contract = new Contract(GOOD.events(), GOOD.commands(), GOOD.provisioning()) {
            @Override
            protected Path readme() {
                return Path.of("src/test/resources/nobody/README.md");
            }
        };
        assertFails(contract::the_readme_has_the_sections_of_every_vendor);
    }

    @Test
    void a_missing_sample_fails() {
        assertThatThrownBy(() -> Samples.events(String.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("add src/test/resources/samples/events.txt");
        assertThatThrownBy(() -> Samples.commands(String.class)).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_malformed_sample_fails() {
        assertThatThrownBy(() -> CommandSample.parse("dial | 42 | /remote")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> CommandSample.parse("dail | 42 | | /remote")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> EventSample.parse("/action/a/T/b", "call_incoming"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> SampleTarget.parse("/bell?x=1")).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_good_vendor_passes_what_the_broken_ones_fail() {
        Contract contract = new Contract(GOOD.events(), GOOD.commands(), GOOD.provisioning());
        contract.every_event_row_has_a_sample();
        contract.every_sample_of_a_command_makes_exactly_its_requests();
        contract.every_configuration_text_parses_and_leads_back_to_the_right_events();
        assertThat(contract.binding().info()).isEqualTo(GOOD.info());
    }

    private static void assertFails(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(AssertionError.class);
    }

    private static List<EventRow> plus(EventRow row) {
        return Stream.concat(GOOD.events().rows().stream(), Stream.of(row)).toList();
    }

    private static Contract withEvents(List<EventRow> rows) {
        EventTable events = EventTable.namedInPath(GOOD.events().callVariables(), array(rows));
        return new Contract(events, GOOD.commands(), GOOD.provisioning());
    }

    private static Contract withCommands(List<CommandRow> rows) {
        CommandTable commands = CommandTable.of(GOOD.commands().access(), rows.toArray(CommandRow[]::new));
        return new Contract(GOOD.events(), commands, GOOD.provisioning());
    }

    private static Contract withProvisioning(String template, List<Provisioning.Format> formats) {
        String menu = GOOD.provisioning().menu();
        return new Contract(GOOD.events(), GOOD.commands(), new Provisioning(menu, template, false, formats));
    }

    private static List<Provisioning.Format> formats() {
        return GOOD.provisioning().formats();
    }

    private static EventRow[] array(List<EventRow> rows) {
        return rows.toArray(EventRow[]::new);
    }

    /** The good vendor with a part exchanged. */
    private static class Contract extends BindingContract {
        private final PhoneBinding binding;

        Contract(EventTable events, CommandTable commands, Provisioning provisioning) {
            binding = new Exchanged(events, commands, provisioning);
        }

        @Override
        protected PhoneBinding binding() {
            return binding;
        }

        @Override
        protected Path readme() {
            return Path.of("src/test/resources/ringwell/README.md");
        }
    }

    private record Exchanged(EventTable events, CommandTable commands, Provisioning provisioning)
            implements PhoneBinding {
        @Override
        public VendorInfo info() {
            return GOOD.info();
        }
    }
}
