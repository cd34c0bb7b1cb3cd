package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellwire.api.CommandName;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;

/** Whether a vendor's README says what the vendor's tables say. */
record ReadmeCheck(PhoneBinding binding, Readme readme) {

    /** The keys of a phone's file. */
    private static final Set<String> KEYS = Set.of(
            "vendor",
            "name",
            "mac",
            "host",
            "port",
            "scheme",
            "user",
            "password",
            "api.token",
            "account",
            "outgoing.uri",
            "token",
            "tls.pin",
            "allow",
            "probe.s",
            "long.poll");

    /** The title, the document, and the sections of every vendor. */
    void sections() {
        assertThat(readme.title()).isEqualTo(binding.info().name());
        assertThat(readme.text()).contains(binding.info().document());
        assertThat(readme.headings()).isEqualTo(Readme.SECTIONS);
        assertThat(Readme.SECTIONS)
                .allSatisfy(section -> assertThat(String.join("", readme.section(section)))
                        .as(section)
                        .isNotBlank());
        assertThat(readme.section("Full example"))
                .contains("vendor = " + binding.info().id());
        assertThat(String.join("\n", readme.section("Set-up on the phone")))
                .contains(binding.provisioning().menu());
    }

    /** The event table is the code's. */
    void events() {
        Documented code = new Documented(binding);
        assertThat(Readme.draw(readme.table("Events"))).isEqualTo(Readme.draw(code.events()));
        assertThat(readme.words("Events", "Derived:")).as("Derived:").isEqualTo(code.derived());
    }

    /** Every command, with a payload and requests that a sample proves, and every key. */
    void commands(List<CommandSample> samples) {
        List<List<String>> rows = readme.table("Commands");
        assertThat(rows.stream().map(row -> plain(row.get(0))).distinct())
                .isEqualTo(binding.commands().names().stream()
                        .map(CommandName::wire)
                        .toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(samples)
                        .as("a sample of the README's row %s", row)
                        .anyMatch(sample -> sample.name().wire().equals(plain(row.get(0)))
                                && sample.payload().equals(plain(row.get(1)))
                                && sample.outcome().equals(plain(row.get(2)))));
        binding.commands().rows().stream()
                .filter(row -> !row.guards().isEmpty() || row.name().mustBeAllowed())
                .forEach(row -> assertThat(rows)
                        .as("the README tells when %s is sent", row.name().wire())
                        .filteredOn(
                                cells -> plain(cells.get(0)).equals(row.name().wire()))
                        .allSatisfy(cells -> assertThat(cells.get(3)).isNotBlank()));
        keys();
    }

    private void keys() {
        Set<String> keys = binding.commands().keyPad().map(KeyPad::keys).orElse(Set.of());
        List<String> told = readme.words("Commands", "Keys:");
        assertThat(
                        told.isEmpty()
                                ? Set.of()
                                : KeyPad.of(String.join(" ", told), PhoneRequest::new)
                                        .keys())
                .as("Keys:")
                .isEqualTo(keys);
    }

    /** Every key of the phone's file that matters, with its default; no key that does not exist. */
    void settings() {
        Map<String, String> settings = new Documented(binding).settings();
        List<List<String>> rows = readme.table("Configuration");
        assertThat(rows.stream().map(row -> plain(row.get(0))))
                .containsAll(settings.keySet())
                .isSubsetOf(KEYS);
        settings.forEach((key, otherwise) -> assertThat(rows)
                .filteredOn(row -> plain(row.get(0)).equals(key))
                .singleElement()
                .satisfies(row -> assertThat(plain(row.get(1))).as(key).isEqualTo(otherwise)));
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }
}
