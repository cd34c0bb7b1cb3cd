package org.bellwire.binding.twon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bellwire.api.spi.EventLog;

/** Writes what an intercom's log answers, in the form of the manual's examples: for a simulated one. */
final class TwoNLogForm {

    /** The answers; {@link TwoNAnswers#LOG} reads them. */
    static final EventLog.Form FORM = new EventLog.Form(
            "/api/log/unsubscribe",
            "id",
            "timeout",
            id -> "{ \"success\" : true, \"result\" : { \"id\" : " + id + " } }",
            TwoNLogForm::told,
            "{ \"success\" : true }",
            "{ \"success\" : false, \"error\" : { \"code\" : 12, \"param\" : \"id\", \"description\" : \"invalid parameter value\" } }");

    private TwoNLogForm() {}

    private static String told(List<EventLog.Entry> entries) {
        return entries.stream()
                .map(TwoNLogForm::event)
                .collect(Collectors.joining(", ", "{ \"success\" : true, \"result\" : { \"events\" : [", "] } }"));
    }

    /** The name of the table's row is a block of Automation, and may have the state behind it. */
    private static String event(EventLog.Entry entry) {
        String[] words = entry.event().split(" ", 2);
        Map<String, String> params = new LinkedHashMap<>(entry.variables());
        String state = words.length < 2 ? "" : words[1];
        String name = words[0];
        switch (name) {
            case "Rebooted" -> {
                name = "DeviceState";
                params.put("state", "startup");
            }
            case "KeyPressed", "KeyReleased" -> params.put("key", params.getOrDefault("button", "%1"));
            case "SwitchChanged" -> {
                name = "SwitchStateChanged";
                params.putIfAbsent("state", String.valueOf(!state.equals("off")));
            }
            case "CallStateChanged" -> calls(params, state);
            default -> withState(params, state);
        }
        params.remove("button");
        return "{ \"event\" : " + text(name) + ", \"params\" : { "
                + params.entrySet().stream()
                        .map(param -> text(param.getKey()) + " : " + text(param.getValue()))
                        .collect(Collectors.joining(", "))
                + " } }";
    }

    /** A call begins with its direction behind the name. */
    private static void calls(Map<String, String> params, String state) {
        if (state.equals("incoming") || state.equals("outgoing")) {
            params.put("direction", state);
            params.put("state", "ringing");
        } else {
            withState(params, state);
        }
    }

    private static void withState(Map<String, String> params, String state) {
        switch (state) {
            case "" -> {}
            case "valid", "invalid" -> params.put("valid", String.valueOf(state.equals("valid")));
            case "off" -> params.put("state", "false");
            default -> params.put("state", state);
        }
    }

    private static String text(String value) {
        boolean bare = value.matches("true|false|\\d{1,9}");
        String plain = value.replaceAll("\\p{Cntrl}", " ");
        return bare ? value : '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
