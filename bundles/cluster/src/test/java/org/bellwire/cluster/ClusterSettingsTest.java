package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

    @Test
    void nothing_set_is_no_cluster() {
        ClusterSettings settings = ClusterSettings.of(Map.of("servers", ""));
        assertThat(settings.servers()).isEmpty();
        assertThat(settings.partitions()).isEqualTo(24);
        assertThat(settings.reports()).isEqualTo("bellwire.reports");
        assertThat(settings.tls()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servers | kafka1",
                "servers | http://kafka1:9092",
                "group | Acme",
                "partitions | 0",
                "user | bellwire",
                "password | secret",
                "tls.trust | /nowhere.pem"
            })
    void wrong_value_names_its_key(String key, String value) {
        assertThatThrownBy(() -> ClusterSettings.of(Map.of(key, value)))
                .hasMessageContaining("org.bellwire.cluster.cfg")
                .hasMessageNotContaining("secret");
    }
}
