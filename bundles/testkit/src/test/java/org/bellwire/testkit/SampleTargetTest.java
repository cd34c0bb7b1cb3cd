package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTargetTest {

    @Test
    void vendor_token_and_path_are_told_apart() {
        SampleTarget target = SampleTarget.parse("/action/ringwell/T/Off%20Hook/001fc1/10.0.0.1?a=1");
        assertThat(target.vendor()).isEqualTo("ringwell");
        assertThat(target.token()).isEqualTo("T");
        assertThat(target.path()).containsExactly("Off Hook", "001fc1", "10.0.0.1");
        assertThat(target.variables().asSent()).containsEntry("mac", "001fc1").containsEntry("ip", "10.0.0.1");
    }

    @Test
    void what_phones_do_not_encode_is_kept() {
        SampleTarget target =
                SampleTarget.parse("/action/v/T/e?name=Peter Pan <x>&plus=+49&percent=100%&lone=%zz&empty=&bare");
        assertThat(target.variables().asSent())
                .containsEntry("name", "Peter Pan <x>")
                .containsEntry("plus", "+49")
                .containsEntry("percent", "100%")
                .containsEntry("lone", "%zz")
                .containsEntry("empty", "")
                .containsEntry("bare", "");
    }

    @Test
    void a_value_that_is_not_utf_8_is_latin_1() {
        assertThat(SampleTarget.parse("/action/v/T/e?a=J%F6rg&b=J%C3%B6rg&c=Jörg")
                        .variables()
                        .asSent()
                        .values())
                .containsOnly("Jörg");
    }

    @Test
    void an_unfilled_variable_is_absent() {
        assertThat(SampleTarget.parse("/action/v/T/e?a=$remote&b=<$remote_party>")
                        .variables()
                        .asSent())
                .isEmpty();
    }
}
