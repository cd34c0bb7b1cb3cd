package org.bellwire.core.command;

import org.bellwire.api.Result;
import org.bellwire.core.common.JsonText;

/** The JSON of a command's result. */
final class ResultJson {

    private ResultJson() {}

    static String of(Result result) {
        return JsonText.object(json -> {
            JsonText.optional(json, "id", result.id());
            json.name("phone").value(result.phone());
            json.name("command").value(result.command());
            json.name("status").value(result.status().wire());
            if (result.httpStatus().isPresent()) {
                json.name("http_status").value(result.httpStatus().getAsInt());
            }
            JsonText.optional(json, "detail", result.detail());
            json.name("time").value(JsonText.time(result.time()));
            json.name("took_ms").value(result.tookMs());
        });
    }
}
