package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Files are edited while Bellwire runs. Has a Bellwire of its own, since it plays with files that all share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConfigurationIT {

    private static final Duration LIVE = Duration.ofSeconds(5);

    private final Site site = Site.prepared("configuration");
    private final RecordingPhone first = RecordingPhone.http();
    private final RecordingPhone second = RecordingPhone.http();

    @BeforeAll
    void start() {
        site.bellwire().with("BELLWIRE_TEST_PASSWORD", "fromTheEnvironment");
        site.bellwire().write("phone-password", "fromTheSecretFile");
        site.start();
        site.add(PhoneFile.of("steady", "htek").with("mac", "001fc1000201").at(first));
    }

    @AfterAll
    void end() {
        site.close();
        first.close();
        second.close();
    }

    @Test
    void phone_comes_changes_and_goes_with_its_file() {
        PhoneFile file = PhoneFile.of("guest", "htek").with("mac", "001fc1000202");
        try (Listener listener = site.listener()) {
            site.bellwire().write(file.with("name", "Gast").at(first));
            waitFor(listener, "bellwire/guest/info", "Gast");
            assertThat(site.caller().reports("htek", "/Offhook?mac=001fc1000202"))
                    .isEqualTo(200);
            listener.hears("bellwire/guest/state/off_hook", "ON");

            site.bellwire().write(file.with("name", "Gästezimmer").at(second));
            waitFor(listener, "bellwire/guest/info", "Gästezimmer");
            second.forget();
            assertThat(listener.commanded("guest", "volume", "UP").status()).isEqualTo("accepted");
            assertThat(second.targets()).containsExactly("/Phone_ActionURL&key=VOLUME_UP");

            site.bellwire().delete(file.fileName());
            listener.hears("bellwire/guest/info", "", LIVE);
            listener.hears("bellwire/guest/availability", "", LIVE);
            listener.hears("bellwire/guest/state/off_hook", "", LIVE);
            assertThat(site.caller().reports("htek", "/Offhook?mac=001fc1000202"))
                    .isEqualTo(202);
        }
        steady_works();
    }

    private static void waitFor(Listener listener, String topic, String content) {
        Waits.atMost(LIVE, topic + " says " + content)
                .until(() -> listener.newest(topic)
                        .filter(payload -> payload.contains(content))
                        .isPresent());
    }

    private void steady_works() {
        assertThat(site.caller().reports("htek", "/Offhook?mac=001fc1000201")).isEqualTo(200);
    }

    private void waitForLog(String... words) {
        Waits.atMost(LIVE, "one line of the log says " + String.join(", ", words))
                .until(() -> !site.bellwire().logged(words).isEmpty());
        assertThat(site.bellwire().logged(words)).hasSize(1);
    }

    @Test
    void wrong_file_is_named_with_key_and_reason_and_hurts_nobody() {
        PhoneFile wrong = PhoneFile.of("wrong", "htek").with("mac", "not-a-mac").with("port", "70000");

        site.bellwire().write(wrong);

        waitForLog("org.bellwire.phone-wrong.cfg", "mac", "not-a-mac", "port");
        assertThat(site.bellwire().bellwire("phone:list").output()).contains("wrong", "mac");
        steady_works();

        site.bellwire().write(PhoneFile.of("wrong", "htek").with("mac", "001fc1000203"));
        try (Listener listener = site.listener()) {
            waitFor(listener, "bellwire/wrong/info", "wrong");
        }
    }

    @Test
    void edit_that_is_wrong_names_itself_and_hurts_nobody() {
        PhoneFile right = PhoneFile.of("edited", "htek").with("mac", "001fc1000204");
        site.add(right);

        site.bellwire().write(right.with("probe.s", "often"));

        waitForLog("org.bellwire.phone-edited.cfg", "probe.s", "often");
        steady_works();
    }

    @Test
    void unknown_vendor_says_which_feature_to_install() {
        site.bellwire().write(PhoneFile.of("stranger", "acme"));

        waitForLog("org.bellwire.phone-stranger.cfg", "feature:install bellwire-acme");
        assertThat(site.bellwire().bellwire("phone:list").output()).contains("stranger", "bellwire-acme");
        steady_works();
    }

    @Test
    void secrets_come_from_the_environment_and_from_files() {
        site.add(
                PhoneFile.of("env", "htek")
                        .with("user", "admin")
                        .with("password", "$[env:BELLWIRE_TEST_PASSWORD]")
                        .at(second),
                PhoneFile.of("file", "htek")
                        .with("user", "admin")
                        .with("password", "$[secret:phone-password]")
                        .at(second));
        try (Listener listener = site.listener()) {
            assertThat(sentBy(listener, "env")).isEqualTo("admin:fromTheEnvironment");
            assertThat(sentBy(listener, "file")).isEqualTo("admin:fromTheSecretFile");
        }
    }

    private String sentBy(Listener listener, String phone) {
        second.forget();
        ReceivedMessage result = listener.commanded(phone, "volume", "UP");
        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        String basic = second.requests().get(0).header("Authorization").orElseThrow();
        byte[] decoded = java.util.Base64.getDecoder().decode(basic.replace("Basic ", ""));
        return new String(decoded, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void secret_that_is_missing_is_named() {
        site.bellwire().write(PhoneFile.of("nosecret", "htek").with("password", "$[env:NOT_SET_ANYWHERE]"));

        waitForLog("org.bellwire.phone-nosecret.cfg", "password");
        steady_works();
    }

    @Test
    void wrong_ingress_file_leaves_the_last_good_settings() {
        site.bellwire().set("org.bellwire.ingress", "rate.phone", "plenty");

        waitForLog("org.bellwire.ingress.cfg", "rate.phone", "plenty");
        steady_works();

        site.bellwire().set("org.bellwire.ingress", "rate.phone", "20");
    }
}
