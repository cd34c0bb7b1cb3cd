package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event of every installed vendor's document: GET in, topics out. Each row has a phone of its own. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EventRowsIT {

    private final Site site;
    private final Set<String> vendors;
    private final Listener listener;

    EventRowsIT(Site site) {
        this.site = site;
        vendors = site.vendors();
        listener = site.listener();
    }

    @BeforeAll
    void add_phones() {
        site.add(rows().stream()
                .filter(row -> vendors.contains(row.vendor()))
                .map(row -> PhoneFile.of(row.phone(), row.vendor()).with("mac", Rows.mac(row.phone())))
                .toList());
    }

    @AfterAll
    void leave() {
        listener.close();
    }

    @Test
    void every_vendor_is_installed() {
        assertThat(vendors).containsExactlyInAnyOrderElementsOf(Vendors.ids());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row(Rows.EventRow row) {
        assumeTrue(vendors.contains(row.vendor()), () -> "the distribution has no feature for " + row.vendor());

        int status = site.caller().from(Loopback.anyAddress()).reports(row.vendor(), row.report());

        assertThat(status).isEqualTo(200);
        ReceivedMessage event = listener.first("bellwire/" + row.phone() + "/event/" + row.event());
        assertThat(event.text("event_type")).isEqualTo(row.event());
        assertThat(event.text("vendor")).isEqualTo(row.vendor());
        assertThat(event.json().has("call")).isEqualTo(speaksOfACall(row.event()));
        row.states().forEach((state, value) -> listener.hears("bellwire/" + row.phone() + "/state/" + state, value));
    }

    private static boolean speaksOfACall(String event) {
        return event.matches("(call|conference|transfer)_(?!waiting_o).*");
    }

    static List<Rows.EventRow> rows() {
        return Rows.events();
    }
}
