package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellwire.api.Scheme;
import org.bellwire.api.spi.Access.Authentication;
import org.junit.jupiter.api.Test;

class AccessTest {

    @Test
    void usual_access_is_on_the_port_of_its_scheme() {
        assertThat(Access.http(Authentication.NONE).port()).isEqualTo(80);
        assertThat(Access.https(Authentication.BEARER))
                .returns(443, Access::port)
                .returns(Scheme.HTTPS, Access::scheme)
                .returns(Authentication.BEARER, Access::authentication)
                .returns(false, Access::repeatsUnauthorized);
    }

    @Test
    void each_setting_changes_nothing_else() {
        AnswerTable answers = AnswerTable.USUAL.success(302);
        Access all = Access.http(Authentication.PASSWORD)
                .onPort(8080)
                .repeatingUnauthorized()
                .withKeyGapMs(200)
                .withRequestGapMs(1000)
                .answering(answers);
        assertThat(all).isEqualTo(new Access(Scheme.HTTP, 8080, Authentication.PASSWORD, true, 200, 1000, answers));
    }

    @Test
    void gap_has_bounds() {
        Access access = Access.http(Authentication.NONE);
        assertThat(access.withRequestGapMs(Access.MAX_GAP_MS).requestGapMs()).isEqualTo(5000);
        assertThatThrownBy(() -> access.withRequestGapMs(5001)).hasMessageContaining("not 5001");
        assertThatThrownBy(() -> access.withRequestGapMs(-1)).hasMessageContaining("not -1");
    }
}
