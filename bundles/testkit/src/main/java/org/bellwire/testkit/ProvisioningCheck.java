package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning;

/** Whether what is put into phones makes them report what it should. */
record ProvisioningCheck(PhoneBinding binding) {

    /** The longest gateway that a site is likely to have. */
    private static final String GATEWAY = "http://255.255.255.255:65535";

    private static final String TOKEN = "k7Qw2ZpXv9LmN4cR8sTy1B";

    /** Every URL is short enough and carries what matters. */
    void everyUrlFits(boolean tellsMac) {
        Provisioning provisioning = binding.provisioning();
        assertThat(urls()).hasSameSizeAs(events().rows()).allSatisfy(event -> {
            assertThat(event.url())
                    .hasSizeLessThanOrEqualTo(provisioning.maxUrl())
                    .startsWith(GATEWAY);
            if (!provisioning.phoneAppends()) {
                Set<String> names = SampleTarget.parse(
                                event.url().substring(GATEWAY.length()).replace("$", ""))
                        .variables()
                        .asSent()
                        .keySet();
                if (tellsCall(event)) {
                    assertThat(names).as(event.url()).containsAll(variables(events().callVariables()));
                }
                assertThat(names.contains("mac")).as("mac").isEqualTo(tellsMac);
            }
        });
        assertThat(provisioning.menu()).as("where the URLs are typed in").isNotBlank();
    }

    /** An event that speaks of no call may have a template without one. */
    private boolean tellsCall(Provisioning.EventUrl event) {
        Provisioning provisioning = binding.provisioning();
        return provisioning.template(event.row()).equals(provisioning.template());
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

    /** Filled in as the phone would, every URL tells its event and call, in both directions. */
    void everyUrlLeadsBack() {
        assertAll(urls().stream()
                .flatMap(event -> Stream.of(Direction.values()).map(way -> () -> tripsBack(event, way))));
    }

    private void tripsBack(Provisioning.EventUrl event, Direction way) {
        CallInfo call = FilledUrl.call(way);
        SampleTarget read = SampleTarget.parse(new FilledUrl(binding).target(event.url(), event.row(), call));
        CallVariables variables = events().callVariables();
        CallInfo back = variables.read(read.variables(), Optional.of(way));
        assertThat(read.vendor()).isEqualTo(binding.info().id());
        assertThat(read.token()).isEqualTo(TOKEN);
        assertThat(events().eventName(read.path(), read.variables()).flatMap(events()::find))
                .as(event.url())
                .contains(event.row());
        if (!tellsCall(event)) {
            return;
        }
        assertThat(back.id()).isEqualTo(call.id());
        assertThat(back.number()).as("the other party's number, %s", way).isEqualTo(call.number());
        assertThat(back.name()).as("the other party's name, %s", way).isEqualTo(call.name());
        assertThat(back.account()).isEqualTo(variables.account().isPresent() ? call.account() : Optional.empty());
    }

    /** Every text parses, each setting holds the URL of its own event, and each event with settings stands in one text at least. */
    void everyTextLeadsBack() {
        List<Provisioning.Format> formats = binding.provisioning().formats();
        Set<String> set = new HashSet<>();
        assertThat(formats.stream().map(Provisioning.Format::name)).doesNotHaveDuplicates();
        assertThat(formats).allSatisfy(format -> {
            assertThat(format.fileName(Optional.of("00:1F:C1:1A:8B:6C"))).contains("001fc11a8b6c");
            assertThat(format.fileName(Optional.empty())).isNotBlank();
            Map<String, String> settings = SettingsText.parse(
                    format.render(new Provisioning.Content(urls(), "255.255.255.255", Optional.empty())));
            settings.values().removeIf(value -> !value.startsWith("http"));
            urls().forEach(event -> settings.keySet()
                    .removeAll(event.row().keys().stream()
                            .filter(key -> event.url().equals(settings.get(key)))
                            .filter(key ->
                                    set.add(format.name() + " " + event.row().name()))
                            .toList()));
            assertThat(settings)
                    .as("%s: every URL belongs to one row", format.name())
                    .isEmpty();
        });
        assertThat(events().rows().stream()
                        .filter(row -> !row.keys().isEmpty() && !formats.isEmpty())
                        .map(EventRow::name)
                        .filter(name -> formats.stream().noneMatch(format -> set.contains(format.name() + " " + name))))
                .as("rows whose settings stand in no text")
                .isEmpty();
    }

    private List<Provisioning.EventUrl> urls() {
        String base = GATEWAY + "/action/" + binding.info().id() + "/" + TOKEN;
        return binding.provisioning().urls(events(), base);
    }

    private EventTable events() {
        return binding.events();
    }
}
