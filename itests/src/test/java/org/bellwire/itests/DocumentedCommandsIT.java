package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands as the documents have them, typed in the folder of a running Bellwire: only addresses, names and the token are put in. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocumentedCommandsIT {

    private static final String PHONE = "typed-desk";
    private static final String HERE = "127.0.0.1";
    /** Of mosquitto_sub, when its time is over: it was told to end. */
    private static final int TIME_IS_OVER = 27;
    /** What a command has to show, beside an end without a fault. */
    private static final Map<String, String> SHOWN = Map.of(
            "bin/bellwire phone:list", PHONE,
            "bin/bellwire phone:urls", "/action/htek/",
            "bin/bellwire phone:send reception dial", "accepted",
            "bin/bellwire phone:console", "http://",
            "bin/bellwire config:meta", "keep.alive.s",
            "bin/bellwire health", "status",
            "curl -i", "HTTP/1.1 200",
            "curl -s -o", "200",
            "curl -H \"Authorization: Bearer $TOKEN\" -d", "accepted",
            "curl -H \"Authorization: Bearer $TOKEN\" http", "total");

    private final Site site;
    private final RecordingPhone phone = RecordingPhone.http();

    DocumentedCommandsIT(Site site) {
        this.site = site;
    }

    @BeforeAll
    void add_phone() {
        site.add(PhoneFile.of(PHONE, "htek").with("mac", "001fc1000481").at(phone));
    }

    @AfterAll
    void leave() throws IOException {
        phone.close();
        for (String made : List.of("ingress.key", "ingress.pem")) {
            Files.deleteIfExists(site.bellwire().etc(made));
        }
    }

    static Stream<String> typed() throws IOException {
        return DocumentedCommands.all().stream()
                .filter(command -> DocumentedCommands.rowOf(command)
                        .filter(row -> row.tests().contains("DocumentedCommandsIT"))
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("typed")
    void command_does_what_the_documents_say(String command) throws IOException {
        Program.Ended ended = Program.run(
                site.bellwire().home(),
                Map.of("TOKEN", key("token")),
                Duration.ofSeconds(30),
                List.of("sh", "-c", here(command)));
        if (!command.startsWith("mosquitto_sub") || ended.exit() != TIME_IS_OVER) {
            assertThat(ended.exit()).as(ended.output()).isZero();
        }
        SHOWN.forEach((beginning, text) -> {
            if (command.startsWith(beginning)) {
                assertThat(ended.output()).contains(text);
            }
        });
    }

    /** With the addresses of this test. */
    private String here(String command) throws IOException {
        String broker = String.valueOf(site.broker().port());
        boolean forBroker = command.startsWith("mosquitto_");
        return command.replace("reception", PHONE)
                .replace("<id>", PHONE)
                .replace("/TOKEN/", "/" + Distribution.TOKEN + "/")
                .replace("192.168.0.10:8087", HERE + ":" + site.bellwire().port())
                .replace(":8087", ":" + site.bellwire().port())
                .replace("127.0.0.1:8181", "127.0.0.1:" + key("port"))
                .replace("<host>", forBroker ? HERE : phone.host())
                .replace("<port>", forBroker ? broker : String.valueOf(phone.port()))
                .replace("<user>", "somebody")
                .replace("<password>", "something")
                .replace("<topic>", "typed/of/an/earlier/root")
                .replaceFirst("^mosquitto_pub", "mosquitto_pub -p " + broker)
                .replaceFirst("^mosquitto_sub", "mosquitto_sub -W 2 -p " + broker);
    }

    /** Of the page's file. */
    private String key(String name) throws IOException {
        return Files.readAllLines(site.bellwire().etc("org.bellwire.console.cfg")).stream()
                .filter(line -> line.matches(name + " *=.*"))
                .map(line -> line.split("=", 2)[1].strip())
                .reduce((first, last) -> last)
                .orElseThrow();
    }
}
