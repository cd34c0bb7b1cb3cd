package org.bellwire.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestHandlerTest {

    @Test
    void handler_that_only_decides_knows_no_strangers_and_watches_nobody() {
        RequestHandler handler = (head, from) -> CompletableFuture.completedStage(HttpAnswer.of(200));
        assertThat(handler.originOf(InetAddress.getLoopbackAddress())).isEqualTo(PeerKind.PHONE);
        assertThat(handler.isWatched()).isFalse();
    }
}
