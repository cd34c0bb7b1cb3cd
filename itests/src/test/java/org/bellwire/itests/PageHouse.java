package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

/** A house full of phones with the web page: one that answers, one that is simulated, and all the others. */
final class PageHouse implements AutoCloseable {

    static final int PHONES = 10_000;
    static final String DESK = "a-desk";
    static final String SIMULATED = "b-reception";

    private static final String MAC = "001fc1000301";

    private final Site site = Site.prepared("page");
    private final RecordingPhone phone = RecordingPhone.http();
    private final int port = Loopback.freePort();
    private final PageClient page = new PageClient(port);

    void starts() throws IOException {
        Distribution bellwire = site.bellwire();
        bellwire.set("org.bellwire.console", "port", String.valueOf(port));
        bellwire.set("org.bellwire.console", "token", PageClient.TOKEN);
        bellwire.write(PhoneFile.of(DESK, "htek")
                .with("name", "Desk of Ada")
                .with("mac", MAC)
                .with("user", "admin")
                .with("password", "never-shown-1")
                .at(phone));
        simulates();
        for (int i = 0; i < PHONES - 2; i++) {
            bellwire.write(PhoneFile.of(String.format(Locale.ROOT, "room-%05d", i), "sangoma")
                    .with("name", "Room " + i)
                    .with("mac", String.format(Locale.ROOT, "001fc2%06x", i)));
        }
        site.start();
        Waits.atMost(Duration.ofSeconds(60), "the page")
                .until(() ->
                        page.opens() && page.get("/api/phones?filter=room-0999").contains("\"total\":8"));
    }

    /** A phone that is not there: with the feature that has them. Whom it calls never answers by itself: no test races with that. */
    private void simulates() throws IOException {
        Distribution bellwire = site.bellwire();
        String features = Files.readString(bellwire.etc("org.apache.karaf.features.cfg"));
        bellwire.write(
                "org.apache.karaf.features.cfg",
                features.replaceFirst("featuresBoot = ", "featuresBoot = bellwire-simulator, "));
        String address = "127.0.88.1";
        int free = Loopback.freePort();
        bellwire.write(PhoneFile.of(SIMULATED, "htek")
                .with("name", "Reception")
                .with("mac", "020000000001")
                .with("host", address)
                .with("port", String.valueOf(free)));
        bellwire.write(
                "org.bellwire.simulator-" + SIMULATED + ".cfg",
                "vendor = htek\naddress = " + address + "\nport = " + free
                        + "\nmac = 020000000001\nnumber = 101\nconnect.ms = 600000\n");
    }

    Site site() {
        return site;
    }

    PageClient page() {
        return page;
    }

    /** The desk reports an event of a call. */
    void reports(String event, int call, String name) {
        assertThat(site.caller()
                        .reports(
                                "htek",
                                "/" + event + "?mac=" + MAC + "&call_id=c" + call
                                        + "&remote=sip:5550123@pbx&display_remote=" + name))
                .isEqualTo(200);
    }

    Browser loggedIn() {
        return loggedIn("en");
    }

    Browser loggedIn(String language) {
        Browser browser = new Browser(Scratch.folder("browser"), language);
        browser.opens(link());
        browser.shows("Desk of Ada");
        return browser;
    }

    /** What logs in once. */
    String link() {
        return site.bellwire().bellwire("phone:console").output().strip();
    }

    @Override
    public void close() {
        site.close();
        phone.close();
    }
}
