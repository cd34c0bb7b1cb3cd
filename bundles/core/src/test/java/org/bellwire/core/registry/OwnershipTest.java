package org.bellwire.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {

    private static final PhoneId OURS = new PhoneId("ours");
    private static final PhoneId THEIRS = new PhoneId("theirs");
    private static final Ingest DIRECT = new Half();

    @TempDir
    private Path etc;

    /** Owns one phone and not the first partition. */
    private static final class Half implements Ingest {
        @Override
        public CompletionStage<Void> take(Report report) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean owns(PhoneId phone) {
            return phone.equals(OURS);
        }

        @Override
        public boolean ownsFirst() {
            return false;
        }
    }

    private Ownership with(String file) throws IOException {
        Files.writeString(etc.resolve("org.bellwire.cluster.cfg"), file);
        return new Ownership(Optional.of(etc));
    }

    @Test
    void gateway_without_a_file_of_the_cluster_owns_all() throws Undelivered {
        Ownership alone = new Ownership(Optional.of(etc));
        assertThat(alone.isAlone()).isTrue();
        assertThat(alone.owns(THEIRS)).isTrue();
        assertThat(alone.ownsFirst()).isTrue();
        assertThat(alone.ingest(DIRECT)).isSameAs(DIRECT);
    }

    @Test
    void file_as_shipped_makes_no_cluster() throws IOException {
        assertThat(with("servers =\n").isAlone()).isTrue();
    }

    @Test
    void gateway_that_is_to_be_in_a_cluster_owns_nothing_without_it() throws IOException {
        Ownership waiting = with("servers = kafka1:9092\n");
        assertThat(waiting.isAlone()).isFalse();
        assertThat(waiting.owns(OURS)).isFalse();
        assertThat(waiting.ownsFirst()).isFalse();
        assertThatExceptionOfType(Undelivered.class).isThrownBy(() -> waiting.ingest(DIRECT));
    }

    @Test
    void file_that_cannot_be_read_is_no_leave_to_act_alone() throws IOException {
        Files.createDirectory(etc.resolve("org.bellwire.cluster.cfg"));
        assertThat(new Ownership(Optional.of(etc)).isAlone()).isFalse();
    }

    @Test
    void gateway_owns_what_the_cluster_says() throws Undelivered, IOException {
        Ownership member = with("servers = kafka1:9092\n");
        Ingest cluster = new Half();
        member.setCluster(cluster);
        assertThat(member.owns(OURS)).isTrue();
        assertThat(member.owns(THEIRS)).isFalse();
        assertThat(member.ownsFirst()).isFalse();
        assertThat(member.ingest(DIRECT)).isSameAs(cluster);
        member.unsetCluster(cluster);
        assertThat(member.owns(OURS)).isFalse();
    }

    @Test
    void gateway_that_was_in_a_cluster_never_acts_alone_again() {
        Ownership alone = new Ownership(Optional.of(etc));
        Ingest cluster = new Half();
        alone.setCluster(cluster);
        alone.unsetCluster(cluster);
        assertThat(alone.isAlone()).isFalse();
        assertThat(alone.owns(OURS)).isFalse();
    }
}
