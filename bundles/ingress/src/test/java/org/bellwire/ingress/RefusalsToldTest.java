package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Refusal;
import org.bellwire.ingress.access.AccessControl;
import org.bellwire.ingress.access.IngressPorts;
import org.bellwire.ingress.access.SiteToken;
import org.bellwire.ingress.admission.LimitAdvice;
import org.junit.jupiter.api.Test;

final class RefusalsToldTest {

    private final List<String> told = new ArrayList<>();

    private void refused(Optional<InetAddress> peer, int status, Optional<Refusal> reason) {
        told.add(peer.map(InetAddress::getHostAddress).orElse("?") + " " + status + " "
                + reason.map(Enum::name).orElse("-"));
    }

    @Test
    void stranger_who_is_not_heard_is_told_with_address_and_reason() {
        IngressPorts ports = new IngressPorts(
                Optional::empty,
                Optional::empty,
                () -> Counters.NONE,
                new IngressPorts(Optional::empty, Optional::empty, () -> Counters.NONE).texts(),
                this::refused);
        new AccessControl(
                        IngressSettings.read(org.bellwire.api.config.Cfg.of("f", java.util.Map.of()))
                                .access(),
                        SiteToken.random(),
                        ports)
                .unheard(InetAddress.getLoopbackAddress());
        assertThat(told).containsExactly("127.0.0.1 404 NETWORK");
    }

    @Test
    void status_that_says_all_is_told_and_others_are_not_told_twice() {
        CountingRequestHandler handler = new CountingRequestHandler(
                () -> {
                    throw new IllegalStateException("not asked");
                },
                () -> Counters.NONE,
                new LimitAdvice(() -> Counters.NONE, System::nanoTime),
                this::refused,
                List::of);
        handler.answered(431);
        handler.answered(200);
        handler.answered(404);
        assertThat(told).containsExactly("? 431 -");
    }
}
