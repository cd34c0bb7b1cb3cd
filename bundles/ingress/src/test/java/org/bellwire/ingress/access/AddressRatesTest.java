package org.bellwire.ingress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bellwire.api.config.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRatesTest {

    private final AtomicLong nanos = new AtomicLong(-5);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "20/s, burst 50; 20; 50",
                "20/s burst 50; 20; 50",
                "20 / s, burst=50; 20; 50",
                "100000; 100000; 100000",
                "30/min; 0.5; 1",
                "3600/h, burst 7; 1; 7",
            })
    void rate_is_read_in_all_its_forms(String text, double perSecond, int burst) {
        assertThat(Rate.parse(text)).contains(new Rate(perSecond, burst));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "often", "20/day", "20/s, burst 0", "99999999999", "20/s burst", "1.5"})
    void text_that_is_no_rate_is_refused(String text) {
        assertThat(Rate.parse(text)).isEmpty();
    }

    @Test
    void burst_is_filled_again_in_time() {
        AddressRates rates = new AddressRates(new Rate(10, 3), nanos::get, AddressRates.MAX_ADDRESSES);
        InetAddress address = address(1);
        assertThat(taken(rates, address, 3)).isEqualTo(3);
        assertThat(rates.take(address)).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
        assertThat(rates.take(address)).isTrue();
        assertThat(rates.take(address)).isFalse();
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(taken(rates, address, 3)).isEqualTo(3);
        assertThat(rates.take(address)).as("no more than the burst").isFalse();
    }

    @Test
    void address_seen_longest_ago_is_forgotten() {
        AddressRates rates = new AddressRates(new Rate(1e-9, 1), nanos::get, AddressRates.MAX_ADDRESSES);
        assertThat(rates.take(address(0))).isTrue();
        for (int i = 1; i < AddressRates.MAX_ADDRESSES; i++) {
            rates.take(address(i));
        }
        assertThat(rates.take(address(0))).as("still known, and used now").isFalse();
        rates.take(address(AddressRates.MAX_ADDRESSES));
        assertThat(rates.take(address(0))).isFalse();
        assertThat(rates.take(address(1))).as("forgotten").isTrue();
    }

    @Test
    void refusal_is_told_once_an_hour_for_each_address() {
        RefusalLog refusals = new RefusalLog(nanos::get);
        assertThat(refusals.isNews(address(1))).isTrue();
        assertThat(refusals.isNews(address(1))).isFalse();
        assertThat(refusals.isNews(address(2))).isTrue();
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(61));
        assertThat(refusals.isNews(address(1))).isTrue();
    }

    @Test
    void refusals_of_ever_more_addresses_do_not_fill_the_log() {
        RefusalLog refusals = new RefusalLog(nanos::get);
        long told = IntStream.range(0, 5000)
                .filter(i -> refusals.isNews(address(i)))
                .count();
        assertThat(told).isEqualTo(RefusalLog.MAX_ADDRESSES);
    }

    private static long taken(AddressRates rates, InetAddress address, int tries) {
        return IntStream.range(0, tries).filter(i -> rates.take(address)).count();
    }

    private static InetAddress address(int number) {
        return ForwardedAddress.parse("10.0." + number / 256 + "." + number % 256)
                .orElseThrow();
    }
}
