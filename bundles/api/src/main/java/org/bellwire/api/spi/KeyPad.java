package org.bellwire.api.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.CommandName;
import org.bellwire.api.TransferKind;

/**
 * The keys of phones that are controlled by key presses. Key names are the vendor's, case and spelling included.
 *
 * @param keys all names
 * @param press the request that presses one key
 * @param inCall keys that do harm on an idle phone: only while a call is known to exist, and at most one in a list, as its last
 * @param gated keys that are a command of their own which the phone's file must allow
 * @param joiner what stands between the keys of one request; empty where each key is a request of its own
 */
public record KeyPad(
        Set<String> keys,
        Function<String, PhoneRequest> press,
        Set<String> inCall,
        Map<String, CommandName> gated,
        Optional<String> joiner) {

    /** What vendors call the keys that their lists do not name by the sign. */
    private static final Map<Character, String> WORDS = Map.of('#', "POUND", '*', "STAR");

    private static final Pattern RANGE = Pattern.compile("([A-Z]*)(\\d+)-\\1(\\d+)");

    public KeyPad {
        keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
        inCall = Set.copyOf(inCall);
        gated = Map.copyOf(gated);
    }

    /** From a list as the documents write it: {@code "OK ENTER 0-9 * POUND L1-L4"}. */
    public static KeyPad of(String list, Function<String, PhoneRequest> press) {
        Set<String> keys = new LinkedHashSet<>();
        for (String word : list.strip().split("\\s+")) {
            Matcher range = RANGE.matcher(word);
            if (range.matches()) {
                for (int i = Integer.parseInt(range.group(2)); i <= Integer.parseInt(range.group(3)); i++) {
                    keys.add(range.group(1) + i);
                }
            } else {
                keys.add(word);
            }
        }
        return new KeyPad(keys, press, Set.of(), Map.of(), Optional.empty());
    }

    /** Marks keys that are pressed only while a call is known to exist. */
    public KeyPad onlyInCall(String... names) {
        return new KeyPad(keys, press, Set.of(names), gated, joiner);
    }

    /** Marks keys that need the phone file's {@code allow}. */
    public KeyPad gatedBy(Map<String, CommandName> names) {
        return new KeyPad(keys, press, inCall, names, joiner);
    }

    /** All keys of a command in one request, with this between them. */
    public KeyPad joinedBy(String between) {
        return new KeyPad(keys, press, inCall, gated, Optional.of(between));
    }

    /** Presses one key. */
    public PhoneRequest key(String name) {
        if (!keys.contains(name)) {
            throw new IllegalArgumentException("no key " + name);
        }
        return press.apply(name);
    }

    /** A row that presses one key. */
    public CommandRow row(CommandName name, String key) {
        return CommandRow.on(name, key(key));
    }

    /** A row whose payload chooses the key: payload to key. */
    public CommandRow choice(CommandName name, Map<String, String> keysByPayload) {
        Map<String, PhoneRequest> requests = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        keysByPayload.forEach((payload, key) -> requests.put(payload, key(key)));
        return CommandRow.on(name, (command, phone) -> {
            PhoneRequest request = requests.get(command.value());
            return request != null
                    ? Plan.send(request)
                    : Plan.refuse(name.wire() + " is " + String.join(" or ", requests.keySet()));
        });
    }

    /** The row of a blind transfer: the number typed between two presses of a key. */
    public CommandRow transfer(String key) {
        key(key);
        return CommandRow.on(CommandName.TRANSFER, (command, phone) -> {
            if (command.kind().filter(kind -> kind != TransferKind.BLIND).isPresent()) {
                return Plan.refuse("this phone's keys make blind transfers only: leave 'kind' out");
            }
            return command.number()
                    .map(number -> typeBetween(key, number.value()))
                    .orElseGet(() -> Plan.refuse("name the number to transfer to"));
        });
    }

    /** The keys that type a number; empty where a character has no key. */
    public Optional<List<PhoneRequest>> type(String digits) {
        return names(digits).map(this::press);
    }

    private Optional<List<String>> names(String digits) {
        List<String> out = new ArrayList<>();
        for (char c : digits.toCharArray()) {
            String sign = String.valueOf(c);
            String name = keys.contains(sign) ? sign : WORDS.getOrDefault(c, sign);
            if (!keys.contains(name)) {
                return Optional.empty();
            }
            out.add(name);
        }
        return Optional.of(out);
    }

    private List<PhoneRequest> press(List<String> names) {
        return joiner.map(between -> List.of(press.apply(String.join(between, names))))
                .orElseGet(() -> names.stream().map(press).toList());
    }

    /** Types a number between two presses of a key, as for a transfer. */
    public Plan typeBetween(String key, String digits) {
        return names(digits)
                .map(typed -> {
                    List<String> all = new ArrayList<>(typed);
                    all.add(0, key);
                    all.add(key);
                    return Plan.send(press(all));
                })
                .orElseGet(() -> Plan.refuse("the phone types digits, * and # only"));
    }

    List<CommandRow> rows() {
        return List.of(
                CommandRow.on(CommandName.KEY, this::pressAll),
                CommandRow.on(
                        CommandName.DTMF,
                        (command, phone) -> type(command.value())
                                .map(Plan::send)
                                .orElseGet(() -> Plan.refuse("tones are 0-9 * #"))));
    }

    private Plan pressAll(Command command, PhoneView phone) {
        List<String> names = command.keys();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!keys.contains(name)) {
                return Plan.refuse("no key of this phone: '" + name + "'; it has " + String.join(" ", keys));
            }
            CommandName gate = gated.get(name);
            if (gate != null && !phone.allows(gate)) {
                return Plan.refuse("key " + name + " needs 'allow = " + gate.wire() + "' in the phone's file");
            }
            if (inCall.contains(name)) {
                Optional<String> objection = Guard.onlyDuringCall().objection(command, phone);
                if (objection.isPresent()) {
                    return Plan.refuse("key " + name + ": " + objection.get());
                }
                if (i < names.size() - 1) {
                    return Plan.refuse("key " + name + " must be the last: what follows may meet an idle phone");
                }
            }
        }
        return Plan.send(press(names));
    }
}
