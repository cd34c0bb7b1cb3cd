package org.bellwire.bench;

import java.util.List;

/**
 * The phones of a site, and what they report in turns: event number n is of phone n modulo count.
 *
 * @param events as the URLs name them; each phone reports them in this order, again and again
 */
record Phones(int count, List<String> events) {

    static final String TOKEN = "benchTokenOfTwentyTwoChars";

    /** A whole call: several states change with each event. */
    static Phones calling(int count) {
        return new Phones(count, List.of("incoming-call", "established", "terminated"));
    }

    /** One state changes with each event. */
    static Phones busyAndIdle(int count) {
        return new Phones(count, List.of("idle-to-busy", "busy-to-idle"));
    }

    int of(int number) {
        return number % count;
    }

    String id(int phone) {
        return "p%05d".formatted(phone);
    }

    /** Its configuration. */
    String file(int phone, int commandPort) {
        return String.join(
                "\n",
                "vendor = sangoma",
                "mac = " + mac(phone),
                "host = " + Loopback.ofPhone(phone).getHostAddress(),
                "port = " + commandPort,
                "user = admin",
                "password = secret",
                "probe.s = 0",
                "");
    }

    /** The target of an event's request; the ticket comes back with the event's {@code params}. */
    String target(int number, String ticket) {
        int turn = number / count;
        return "/action/sangoma/" + TOKEN + "/" + events.get(turn % events.size())
                + "?mac=" + mac(of(number)) + "&model=S505&call_id=call-" + turn / events.size()
                + "&local=sip:101@10.0.0.1&remote=sip:42@10.0.0.9&display_remote=Peter Pan&ticket=" + ticket;
    }

    private static String mac(int phone) {
        return "0200%08x".formatted(phone);
    }
}
