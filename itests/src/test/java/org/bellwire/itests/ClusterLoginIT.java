package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Kafka that asks for TLS and a login. */
@Tag("alone")
final class ClusterLoginIT {

    private static final String TAKEN = "owns 24 of 24 partitions";
    private static final String MAC = "001fc1000301";

    private final Path folder = Scratch.folder("cluster-login");

    @Test
    void gateway_logs_in_over_tls_and_tells_its_password_to_nobody() throws Exception {
        Path identity = identity();
        try (KafkaNodes kafka = KafkaNodes.guarded(folder, identity, "bellwire", "right-s3cret");
                Site site = Site.prepared("cluster-login-site")) {
            Distribution gateway = site.bellwire();
            gateway.write(PhoneFile.of("lobby", "htek").with("mac", MAC));
            gateway.set("org.bellwire.cluster", "servers", kafka.farServers());
            gateway.set(
                    "org.bellwire.cluster",
                    "tls.trust",
                    folder.resolve("kafka.pem").toString());
            gateway.set("org.bellwire.cluster", "user", "bellwire");
            gateway.set("org.bellwire.cluster", "password", "wrong-s3cret");
            ClusterSite.boots(gateway);
            gateway.begin();
            gateway.awaitAnswer();
            Waits.atMost(SETTLED, "the log says that Kafka does not let it in")
                    .until(() -> !gateway.logged("uthentication").isEmpty());
            assertThat(gateway.log()).doesNotContain(TAKEN);

            gateway.set("org.bellwire.cluster", "password", "right-s3cret");
            Waits.atMost(SETTLED, TAKEN).until(() -> !gateway.logged(TAKEN).isEmpty());
            try (Listener listener = site.listener()) {
                assertThat(site.caller().reports("htek", "/Offhook?mac=" + MAC)).isEqualTo(200);
                listener.hears("bellwire/lobby/state/off_hook", "ON", SETTLED);
            }
            assertThat(gateway.log()).doesNotContain("wrong-s3cret", "right-s3cret");
        }
    }

    /** Certificate and key of Kafka in one file, as it wants them. */
    private Path identity() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.make("kafka", "ip:127.0.0.1");
        Path both = folder.resolve("kafka-identity.pem");
        Files.writeString(
                both,
                Files.readString(certificates.key("kafka")) + Files.readString(certificates.certificate("kafka")));
        return both;
    }
}
