package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The site's token. */
final class TokenIT {

    private static final Pattern URL = Pattern.compile("/action/htek/([A-Za-z0-9_-]{22,})");

    @Test
    void token_is_made_at_the_first_start_and_kept() throws IOException {
        try (Site site = Site.prepared("token")) {
            site.bellwire().set("org.bellwire.ingress", "token", "");
            site.bellwire().write(PhoneFile.of("lobby", "htek").with("mac", "001fc1000301"));
            site.start();
            String token = tokenOf(site);
            assertThat(site.caller().withToken(token).reports("htek", "/Offhook?mac=001fc1000301"))
                    .isEqualTo(200);
            assertThat(site.bellwire().log()).doesNotContain(token);

            site.bellwire().program().close();
            site.start();

            assertThat(tokenOf(site)).isEqualTo(token);
            assertThat(Files.exists(site.bellwire().etc("org.bellwire.ingress.cfg")))
                    .isTrue();
        }
    }

    private static String tokenOf(Site site) {
        Waits.until(
                "the phone's file is read",
                () -> site.bellwire().bellwire("phone:show", "lobby").exit() == 0);
        Program.Ended urls = site.bellwire().bellwire("phone:urls", "lobby");
        Matcher matcher = URL.matcher(urls.output());
        assertThat(matcher.find()).as(urls.output()).isTrue();
        return matcher.group(1);
    }
}
