package org.bellwire.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.bellwire.console.session.ConsoleSettings;
import org.bellwire.console.session.PageAccess;
import org.bellwire.console.session.SessionTable;
import org.bellwire.console.view.ConsolePorts;
import org.bellwire.console.view.PageSources;
import org.bellwire.console.view.PhoneHistory;
import org.bellwire.console.view.SeenEvents;
import org.junit.jupiter.api.Test;

/** The API's description is held against what is served. */
final class OpenApiTest {

    private static final ConsolePorts NOBODY = new ConsolePorts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final PageAccess door = new PageAccess(
            new SessionTable(System::nanoTime),
            ConsoleSettings.DEFAULT,
            new Secret("theTokenOfThePage_1234567"),
            System::nanoTime);
    private final PageFiles files = new PageFiles();
    private final PageApi api = new PageApi(
            () -> door,
            new PageSources(
                    () -> NOBODY, new PhoneHistory(), new SeenEvents(Path.of("nowhere", "seen.txt")), () -> "{}"),
            files,
            Runnable::run);

    @Test
    void every_call_is_described_and_every_description_is_served() {
        JsonObject paths =
                JsonParser.parseString(files.openApi().text()).getAsJsonObject().getAsJsonObject("paths");
        List<String> described = new ArrayList<>();
        paths.entrySet()
                .forEach(path -> path.getValue()
                        .getAsJsonObject()
                        .keySet()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        List<String> served = new ArrayList<>(api.described());
        served.add("GET " + PageApi.STREAM);
        assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    }
}
