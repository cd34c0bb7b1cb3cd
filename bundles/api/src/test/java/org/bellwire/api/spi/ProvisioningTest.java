package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.EventType;
import org.junit.jupiter.api.Test;

class ProvisioningTest {

    private static final EventTable EVENTS = EventTable.namedInPath(
            CallVariables.id("call_id"),
            EventRow.on("Off-hook", EventType.HOOK_OFF).key("P1", "Off"),
            EventRow.on("On-hook", EventType.HOOK_ON));

    @Test
    void url_names_the_event() {
        Provisioning provisioning = new Provisioning("Menu", "/{event}?mac=$mac", false, List.of());
        assertThat(provisioning.urls(EVENTS, "http://g/action/v/t"))
                .extracting(Provisioning.EventUrl::url)
                .containsExactly("http://g/action/v/t/off-hook?mac=$mac", "http://g/action/v/t/on-hook?mac=$mac");
    }

    @Test
    void url_that_would_be_too_long_loses_variables_at_its_end() {
        String template = "/{event}?mac=$mac&a=" + "a".repeat(200) + "&b=" + "b".repeat(60) + "&c=1";
        Provisioning provisioning = new Provisioning("Menu", template, false, List.of());
        assertThat(provisioning.urls(EVENTS, "http://g").get(0).url())
                .hasSizeLessThan(256)
                .endsWith("a");
    }

    @Test
    void text_has_a_line_for_each_event_with_a_key() {
        assertThat(KeyFile.text("text", "{mac}.cfg", "{0} = {url}").render(content()))
                .isEqualTo("P1 = http://g/off?a=1&b=<$x>\n");
    }

    @Test
    void xml_escapes_what_text_does_not() {
        KeyFile xml = KeyFile.xml("xml", "cfg{mac}.xml", "<{0} para=\"{1}\">{url}</{0}>")
                .between("<x gateway=\"{gateway}\">", "</x>");
        assertThat(xml.render(content()))
                .isEqualTo("<x gateway=\"10.0.0.1\">\n<P1 para=\"Off\">http://g/off?a=1&amp;b=&lt;$x></P1>\n</x>\n");
    }

    @Test
    void a_row_that_lacks_a_key_of_the_line_is_left_out() {
        assertThat(KeyFile.text("text", "f", "{2} = {url}").render(content())).isEmpty();
    }

    @Test
    void a_row_whose_key_for_this_format_is_empty_is_left_out() {
        EventRow row = EventRow.on("Off", EventType.HOOK_OFF).key("", "OffUrl");
        Provisioning.Content content = new Provisioning.Content(
                List.of(new Provisioning.EventUrl(row, "http://g/off")), "10.0.0.1", Optional.empty());
        assertThat(KeyFile.text("old", "f", "{0} = {url}").render(content)).isEmpty();
        assertThat(KeyFile.text("new", "f", "{1} = {url}").render(content)).isEqualTo("OffUrl = http://g/off\n");
    }

    @Test
    void file_is_named_after_the_mac_or_the_variable() {
        KeyFile file = KeyFile.text("text", "cfg{mac}.xml", "{0}");
        assertThat(file.fileName(Optional.of("00:1F:C1:1A:8B:6C"))).isEqualTo("cfg001fc11a8b6c.xml");
        assertThat(file.fileName(Optional.empty())).isEqualTo("cfg$mac.xml");
    }

    private static Provisioning.Content content() {
        List<Provisioning.EventUrl> urls = List.of(
                new Provisioning.EventUrl(EVENTS.rows().get(0), "http://g/off?a=1&b=<$x>"),
                new Provisioning.EventUrl(EVENTS.rows().get(1), "http://g/on"));
        return new Provisioning.Content(urls, "10.0.0.1", Optional.empty());
    }

    @Test
    void phones_that_drop_long_urls_get_shorter_ones() {
        Provisioning shorter = new Provisioning("Menu", "/{event}?a=$a&b=$b", false, List.of()).upTo(66);
        assertThat(shorter.urls(EVENTS, "http://192.0.2.1:8087/action/acme/" + "t".repeat(16)))
                .allSatisfy(event -> assertThat(event.url())
                        .hasSizeLessThanOrEqualTo(66)
                        .contains("a=$a")
                        .doesNotContain("b=$b"));
        assertThatThrownBy(() -> shorter.upTo(Provisioning.MAX_URL + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void events_without_a_call_may_have_variables_of_their_own() {
        EventTable both = EventTable.namedInPath(
                CallVariables.id("id"),
                EventRow.on("Ring", EventType.CALL_INCOMING),
                EventRow.on("Boot", EventType.DEVICE_BOOTED));
        Provisioning provisioning =
                new Provisioning("Menu", "/{event}?id=$id", false, List.of()).device("/{event}?ip=$ip");
        assertThat(provisioning.urls(both, "http://gw"))
                .extracting(Provisioning.EventUrl::url)
                .containsExactly("http://gw/ring?id=$id", "http://gw/boot?ip=$ip");
    }
}
