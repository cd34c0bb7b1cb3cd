package org.bellwire.shell.capture;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;

/** What tells nothing of people: words of SIP, HTTP and vendors, and the names of variables that hold such. */
final class KeptWords {

    /** Those that may stand where people are named. */
    private static final Set<String> OF_NUMBERS = words("""
            sip sips tel user phone transport udp tcp tls ws wss http https anonymous unknown private unavailable
            withheld restricted invalid localhost on off null none
            """);

    private static final Set<String> WORDS = words("""
            sip sips tel http https phone user transport udp tcp tls ws wss anonymous unknown private unavailable
            withheld restricted invalid localhost on off true false yes no null none ok error success failed failure
            response body result status state code message idle ringing ring dialing calling connected talking hold
            held busy missed answered incoming outgoing inbound outbound in out call calls line account registered
            unregistered registration online offline enabled disabled mute unmute dnd forward transfer always admin
            login logout username password page title html head script style div form input table authorization
            required unauthorized forbidden not found bad request basic digest realm content type text json xml utf
            iso get post press key action url device mac ip version model firmware retcode data
            """);

    private static final Set<String> PLAIN_NAMES = words("""
            event action model firmware phone_type phonetype product product_name program_version hardware_version
            version language hold_state call_direction call_direction_as_int calldirection direction call_state
            state status result response success retcode reason cancel_reason type command cmd request operation
            duration call_duration_seconds nr_ongoing_calls relay door doornum settings store_settings
            call_created_time call_connected_time call_disconnected_time level fireandforget content-type
            """);

    private static final Set<String> KEY_NAMES = words("key keys keydown keyup");
    private static final Pattern ID_NAME = Pattern.compile("call[_-]?(id|guid)\\d?|csta_id|guid|uuid");
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(pass|pwd|token|secret|auth|api_?key|cookie|session|nonce|opaque|credential|sid$).*|pin|code|sign");
    private static final Pattern PEOPLE = Pattern.compile(
            ".*(number|remote|local|phone|dial|target|user|display|name|uri|peer|caller|callee|party|alias|from|label|owner"
                    + "|subject|contact|text).*|to");

    private final Set<String> ofVendor = new HashSet<>();

    /** Those of any vendor, and those of this one's table. */
    KeptWords(EventTable table) {
        for (EventRow row : table.rows()) {
            Stream.concat(Stream.of(row.name()), row.aliases().stream()).forEach(this::add);
            row.variants().forEach(variant -> add(variant.value()));
        }
        table.nameVariable().ifPresent(this::add);
    }

    private void add(String text) {
        ofVendor.addAll(Stream.of(lower(text).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.matches(".*\\p{L}.*"))
                .toList());
    }

    boolean contains(String word) {
        String lower = lower(word);
        return WORDS.contains(lower) || ofVendor.contains(lower);
    }

    /** It tells nothing of people even where people are named, as Page and Hold may. */
    static boolean isOfNumbers(String word) {
        return OF_NUMBERS.contains(lower(word));
    }

    /** Its values are passwords and the like. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(lower(name)).matches();
    }

    /** Its values are words of the vendor. */
    static boolean isPlain(String name) {
        return PLAIN_NAMES.contains(lower(name));
    }

    /** Its values are keys to press. */
    static boolean isKey(String name) {
        return KEY_NAMES.contains(lower(name));
    }

    /** Its values are ids of calls. */
    static boolean isId(String name) {
        return ID_NAME.matcher(lower(name)).matches();
    }

    /** Its values may tell of people, be they ever so short. */
    static boolean isOfPeople(String name) {
        return PEOPLE.matcher(lower(name)).matches();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+")));
    }
}
