package org.bellwire.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final String FILE = "file:/opt/bellwire/etc/org.bellwire.simulator-lobby.cfg";

    @Test
    void file_makes_a_phone_that_reports_its_start() throws Exception {
        try (FakeGateway gateway = new FakeGateway()) {
            Simulator simulator = new Simulator(
                    List.of(InventedVendor.withCallIds(), InventedVendor.withKeys()), gateway, file("vendor", "acme"));
            simulator.switchOn();
            await().untilAsserted(() -> assertThat(gateway.events()).containsExactly("setup-completed"));
            assertThat(gateway.peers()).containsExactly("127.0.4.1");
            simulator.switchOff();
        }
    }

    @Test
    void phones_are_found_by_their_id() throws Exception {
        try (FakeGateway gateway = new FakeGateway()) {
            Simulator simulator =
                    new Simulator(List.of(InventedVendor.withCallIds()), gateway, file("vendor", "other"));
            simulator.switchOn();
            Simulators simulators = new Simulators(List.of(simulator));
            assertThat(simulators.all()).extracting(Simulated::phone).containsExactly("lobby");
            assertThat(simulators
                            .report("lobby", "over")
                            .toCompletableFuture()
                            .get()
                            .httpStatus())
                    .hasValue(200);
            assertThat(gateway.events()).containsExactly("over");
            assertThat(simulators
                            .report("attic", "over")
                            .toCompletableFuture()
                            .get()
                            .detail())
                    .isEqualTo("no phone 'attic' is simulated: write etc/org.bellwire.simulator-attic.cfg");
            simulator.switchOff();
        }
    }

    @Test
    void vendor_that_is_not_installed_or_a_wrong_file_makes_no_phone() throws Exception {
        try (FakeGateway gateway = new FakeGateway()) {
            for (Simulator simulator : List.of(
                    new Simulator(List.of(), gateway, file("vendor", "acme")),
                    new Simulator(List.of(InventedVendor.withKeys()), gateway, file("address", "10.0.0.1")))) {
                simulator.switchOn();
                assertThat(simulator.phone()).isEmpty();
            }
        }
    }

    @Test
    void file_is_read() {
        Map<String, String> file = file("vendor", "acme");
        file.put("phone", "hall");
        file.put("user", "admin");
        file.put("mac", "00-1f-c1-1a-8b-6c");
        file.put("quirks", "stray-401, login-page");
        file.put("connect.ms", "10");
        Profile profile = SimulatorSettings.read(file).profile();
        assertThat(profile.phone()).isEqualTo("hall");
        assertThat(profile.port()).isEqualTo(OptionalInt.of(0));
        assertThat(profile.credentials().user()).contains("admin");
        assertThat(profile.identity().mac()).hasToString("00:1f:c1:1a:8b:6c");
        assertThat(profile.behaviour().quirks()).isEqualTo(Set.of(Quirk.STRAY_401, Quirk.LOGIN_PAGE));
        assertThat(profile.behaviour().connectMs()).isEqualTo(10);
    }

    @Test
    void wrong_values_are_named_with_file_key_and_reason() {
        Map<String, String> file = file("address", "0.0.0.0");
        file.put("quirks", "shy");
        assertThatThrownBy(() -> SimulatorSettings.read(file))
                .isInstanceOf(CfgException.class)
                .hasMessageContaining("org.bellwire.simulator-lobby.cfg: vendor: is missing")
                .hasMessageContaining("org.bellwire.simulator-lobby.cfg: address: must be a loopback address")
                .hasMessageContaining("org.bellwire.simulator-lobby.cfg: quirks: must be of stray-401");
    }

    private static Map<String, String> file(String key, String value) {
        Map<String, String> properties = new HashMap<>();
        properties.put("felix.fileinstall.filename", FILE);
        properties.put("address", "127.0.4.1");
        properties.put("port", "0");
        properties.put(key, value);
        return properties;
    }
}
