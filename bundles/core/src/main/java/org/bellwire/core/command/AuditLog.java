package org.bellwire.core.command;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Result;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.runtime.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who ordered what and what came of it, in a log of its own: a line for each result, and for what was dropped. At info
 * numbers are masked; at debug the payload of a result follows as it came. What the sender wrote cannot break out of its line.
 */
final class AuditLog {

    static final String LOGGER = "org.bellwire.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    /** Possessive: payloads come from the network and must not make it try again and again. */
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z*#+._@-]{3,}+");

    private static final Set<String> WITH_NUMBER = Stream.of(CommandName.values())
            .filter(name -> name == CommandName.DIAL || name == CommandName.TRANSFER || name.forwards())
            .map(CommandName::wire)
            .collect(Collectors.toUnmodifiableSet());

    private AuditLog() {}

    /** @param payload empty where it is malformed */
    static void log(CommandOrder order, Optional<CommandPayload> payload, Result result) {
        LOG.info(
                "phone {}: {}{} from {}: {}{}",
                LogText.clean(order.phone()),
                LogText.clean(order.command()),
                number(order, payload).map(number -> " " + number.masked()).orElse(""),
                LogText.clean(order.origin().text()),
                result.status().wire(),
                result.detail()
                        .map(text -> ", " + LogText.clean(detail(text, order.payload())))
                        .orElse(""));
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "phone {}: {} came as: {}",
                    LogText.clean(order.phone()),
                    LogText.clean(order.command()),
                    LogText.clean(order.payload()));
        }
    }

    /** A command that was none, and so has no result. Nothing of its payload is told. */
    static void dropped(String phone, String command, String origin, String reason) {
        LOG.info(
                "phone {}: {} from {}: dropped: {}",
                LogText.clean(phone),
                LogText.clean(command),
                LogText.clean(origin),
                reason);
    }

    /** The detail with every number of the payload masked: reasons quote what the sender wrote. */
    static String detail(String detail, String payload) {
        String masked = detail;
        Matcher word = WORD.matcher(payload.substring(0, Math.min(payload.length(), CommandPayload.MAX_JSON)));
        while (word.find()) {
            if (word.group().chars().filter(Character::isDigit).count() >= 3) {
                masked = masked.replace(
                        word.group(),
                        DialNumber.parse(word.group()).map(DialNumber::masked).orElse("***"));
            }
        }
        return masked;
    }

    private static Optional<DialNumber> number(CommandOrder order, Optional<CommandPayload> payload) {
        return payload.filter(any -> WITH_NUMBER.contains(order.command())).flatMap(CommandPayload::dialNumber);
    }
}
