package org.bellwire.site;

import static org.bellwire.site.BindingTables.code;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The requests that the web page's server answers, out of their OpenAPI description. */
final class ApiTable {

    static final String DESCRIPTION = "bundles/console/src/main/resources/org/bellwire/console/page/openapi.json";

    private ApiTable() {}

    static String of(String openApi) {
        StringBuilder text = new StringBuilder("""
                # The JSON of the web page

                What `http://<host>:8181/api/…` answers, as `/api/openapi.json` describes it. [The page](console.md#log-in) tells how a script
                logs in.

                | request | what | answers |
                |---|---|---|
                """);
        JsonObject paths = JsonParser.parseString(openApi).getAsJsonObject().getAsJsonObject("paths");
        for (Map.Entry<String, JsonElement> path : paths.entrySet()) {
            for (Map.Entry<String, JsonElement> call :
                    path.getValue().getAsJsonObject().entrySet()) {
                JsonObject described = call.getValue().getAsJsonObject();
                BindingTables.row(
                        text,
                        code(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()),
                        described.get("summary").getAsString(),
                        described.getAsJsonObject("responses").entrySet().stream()
                                .map(answer -> answer.getKey() + " "
                                        + answer.getValue()
                                                .getAsJsonObject()
                                                .get("description")
                                                .getAsString())
                                .collect(Collectors.joining(", ")));
            }
        }
        return text.toString();
    }
}
