package org.bellwire.itests.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bellwire.api.Message;
import org.bellwire.api.port.Reply;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.itests.Vendors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that fires on {@code call = ringing} and then looks who calls, over random lives of every vendor's phones. */
class RingingOrderTest {

    /** For each vendor: 10,000 for five. */
    private static final int RINGS = Integer.getInteger("rings", 2_000);

    private final Map<String, String> broker = new HashMap<>();
    private SequencesModel model = new SequencesModel(Vendors.bindings().get(0).events());
    private int rings;

    static Stream<Named<PhoneBinding>> vendors() {
        return VendorSequencesTest.vendors();
    }

    /** Several calls at once; requests lost, late and doubled. Calls that never rang count for nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vendors")
    void who_listens_to_ringing_finds_who_calls_as_last_published(PhoneBinding binding) {
        String id = binding.info().id();
        SequencesWords words = new SequencesWords(binding);
        try (FuzzHouse house = new FuzzHouse()) {
            house.add(binding, "probe.s", "0");
            house.listen(message -> hear(id, message));
            for (int seed = 0; rings < RINGS; seed++) {
                Random random = new Random(seed);
                model = new SequencesModel(binding.events());
                SequencesPhone phone = new SequencesPhone(binding, words, random);
                Instant[] now = {phone.now()};
                for (int steps = 1 + random.nextInt(40); steps > 0; steps--) {
                    phone.step().forEach(report -> report(house, id, words, phone, report, now, random));
                }
                phone.end().forEach(report -> report(house, id, words, phone, report, now, random));
                house.pass(Duration.ofMinutes(1)); // ids may be used again
            }
        }
    }

    private void report(
            FuzzHouse house,
            String id,
            SequencesWords words,
            SequencesPhone phone,
            SequencesPhone.Report report,
            Instant[] now,
            Random random) {
        house.pass(Duration.between(now[0], phone.now()));
        now[0] = phone.now();
        model.take(report.type(), report.said(), report.answered(), phone.now());
        Map<String, String> more = new LinkedHashMap<>(phone.times(report));
        more.put("phone", id);
        assertThat(house.events().receive(words.request(report.type(), report.written(), more, random)))
                .isCompletedWithValue(Reply.ACCEPTED);
    }

    private void hear(String id, Message message) {
        broker.put(message.topic().path(), message.payload());
        if (message.topic().path().equals(id + "/state/call")
                && message.payload().equals("ringing")) {
            rings++;
            String number = model.number().orElse("");
            assertThat(state(id, "direction")).isEqualTo("inbound");
            assertThat(state(id, "peer_number")).isNotEmpty().isEqualTo(number);
            assertThat(state(id, "peer_name")).isEqualTo("Peter " + number);
            assertThat(state(id, "calls")).contains("\"ringing\"", "\"" + number + "\"");
        }
    }

    private String state(String id, String property) {
        return broker.getOrDefault(id + "/state/" + property, "");
    }
}
