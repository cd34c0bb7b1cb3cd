package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.CfgException;
import org.bellwire.api.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CfgTest {

    private static final String FILE = "org.bellwire.phone-x.cfg";

    @Test
    void value_is_trimmed_and_an_empty_one_is_absent() {
        Cfg cfg = Cfg.of(FILE, Map.of("name", "  Front door ", "mac", "   "));
        assertThat(cfg.text("name")).contains("Front door");
        assertThat(cfg.text("mac")).isEmpty();
        assertThat(cfg.text("host")).isEmpty();
        assertThat(cfg.text("host", "x")).isEqualTo("x");
        assertThatCode(cfg::check).doesNotThrowAnyException();
    }

    @Test
    void utf_8_read_as_latin_1_is_mended_and_latin_1_stays() {
        String mangled = new String("Küche".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(Cfg.of(FILE, Map.of("name", mangled)).text("name")).contains("Küche");
        assertThat(Cfg.of(FILE, Map.of("name", "Küche")).text("name")).contains("Küche");
        assertThat(Cfg.of(FILE, Map.of("name", "Küche €")).text("name")).contains("Küche €");
    }

    @Test
    void number_out_of_bounds_or_none_names_file_key_and_reason() {
        Cfg cfg = Cfg.of(FILE, Map.of("port", "70000", "probe.s", "often"));
        assertThat(cfg.integer("port", 80, 1, 65535)).isEqualTo(80);
        assertThat(cfg.integer("probe.s", 60, 0, 3600)).isEqualTo(60);
        assertThatThrownBy(cfg::check)
                .isInstanceOf(CfgException.class)
                .hasMessage(FILE + ": port: must be a whole number from 1 to 65535, not '70000'; " + FILE
                        + ": probe.s: must be a whole number from 0 to 3600, not 'often'");
    }

    @Test
    void number_within_bounds_is_taken() {
        Cfg cfg = Cfg.of(FILE, Map.of("port", " 8080 ", "low", 1));
        assertThat(cfg.integer("port", 80, 1, 65535)).isEqualTo(8080);
        assertThat(cfg.integer("low", 80, 1, 65535)).isEqualTo(1);
        assertThat(cfg.integer("absent", 80, 1, 65535)).isEqualTo(80);
        assertThatCode(cfg::check).doesNotThrowAnyException();
    }

    @Test
    void list_is_split_at_commas() {
        assertThat(Cfg.of(FILE, Map.of("allow", "reboot , provision,,")).list("allow"))
                .containsExactly("reboot", "provision");
        assertThat(Cfg.of(FILE, Map.of()).list("allow")).isEmpty();
    }

    @Test
    void wrong_secret_is_not_shown() {
        Cfg cfg = Cfg.of(FILE, Map.of("token", "hunter2", "password", "hunter3"));
        cfg.parsed("token", text -> Optional.empty(), "22 or more characters");
        cfg.parsed(
                "password",
                text -> {
                    throw new IllegalArgumentException(text);
                },
                "a password");
        assertThatThrownBy(cfg::check)
                .hasMessageContaining("22 or more characters")
                .hasMessageNotContaining("hunter");
    }

    @Test
    void secret_does_not_show_itself() {
        Secret secret =
                Cfg.of(FILE, Map.of("password", "hunter2")).secret("password").orElseThrow();
        assertThat(secret).hasToString("***");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void placeholder_that_stands_for_nothing_is_a_fault() {
        Cfg cfg = Cfg.of(FILE, Map.of("password", "$[secret:none]"));
        assertThat(cfg.text("password")).isEmpty();
        assertThatThrownBy(cfg::check).hasMessageContaining("password: $[secret:none] stands for nothing");
    }

    @Test
    void fault_that_only_the_caller_sees_is_told_too() {
        Cfg cfg = Cfg.of(FILE, Map.of());
        cfg.fault("vendor", "no such vendor");
        assertThatThrownBy(cfg::check).hasMessage(FILE + ": vendor: no such vendor");
    }

    @Test
    void secret_that_looks_like_a_placeholder_is_not_shown() {
        Cfg cfg = Cfg.of("x.cfg", Map.of("password", "$[Geheim!"));
        assertThat(cfg.text("password")).isEmpty();
        assertThatThrownBy(cfg::check).hasMessageContaining("password: ").hasMessageNotContaining("Geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\u00EF\u00BB\u00BF"})
    void byte_order_mark_is_no_part_of_the_first_key(String mark) {
        Cfg cfg = Cfg.of(FILE, Map.of(mark + "vendor", "htek", "name", "x"));
        assertThat(cfg.text("vendor")).contains("htek");
        assertThat(cfg.text("name")).contains("x");
        assertThat(cfg.unknownKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#comment", "!", ""})
    void byte_order_mark_before_a_comment_or_nothing_makes_no_key(String rest) {
        Cfg cfg = Cfg.of(FILE, Map.of("\u00EF\u00BB\u00BF" + rest, "of the file", "name", "x"));
        assertThat(cfg.text("name")).contains("x");
        assertThat(cfg.unknownKeys()).isEmpty();
    }

    @Test
    void keys_that_nobody_asks_for_are_unknown_but_not_those_of_the_container() {
        Cfg cfg = Cfg.of(FILE, Map.of("hots", "x", "name", "y", "service.pid", "z", "felix.fileinstall.filename", "f"));
        cfg.text("name");
        assertThat(cfg.unknownKeys()).containsExactly("hots: no such key, it is ignored");
    }

    @Test
    void unknown_keys_are_bounded_and_what_looks_like_no_key_is_not_repeated() {
        Map<String, String> many = IntStream.range(0, 1000).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "x"));
        assertThat(Cfg.of(FILE, many).unknownKeys())
                .hasSize(11)
                .last()
                .isEqualTo("and 990 more keys that there are not");
        Map<String, String> line = Map.of("my secret: hunter2", "", "k".repeat(60_000), "", "a\nb", "");
        assertThat(Cfg.of(FILE, line).unknownKeys())
                .containsExactly("a line that is no 'key = value': no such key, it is ignored");
    }

    @Test
    void value_in_a_message_is_cut_kept_on_one_line_and_without_what_stands_before_an_at() {
        Cfg cfg = Cfg.of(FILE, Map.of("a", "tcp://bob:hunter2@p@host:1", "b", "x".repeat(60_000), "c", "1\nERROR y"));
        cfg.integer("a", 1, 0, 9);
        cfg.integer("b", 1, 0, 9);
        cfg.integer("c", 1, 0, 9);
        assertThatThrownBy(cfg::check)
                .hasMessageContaining("not '...@host:1'")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("\n")
                .hasMessageContaining("c: ")
                .message()
                .hasSizeLessThan(600);
    }

    @Test
    void faults_without_number_are_bounded() {
        Cfg cfg = Cfg.of(FILE, Map.of());
        IntStream.range(0, 10_000).forEach(i -> cfg.fault("allow", "there is no command 'x" + i + "'"));
        assertThatThrownBy(cfg::check)
                .hasMessageContaining("and 9980 more faults")
                .message()
                .hasSizeLessThan(3000);
    }
}
