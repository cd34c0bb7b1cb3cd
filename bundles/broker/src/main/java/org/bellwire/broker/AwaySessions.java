package org.bellwire.broker;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.runtime.LogText;

/** Stored sessions of clients that are not there, bounded in number: who left first goes first. */
final class AwaySessions {

    private final Map<String, MqttSession> byClient = new LinkedHashMap<>();
    private final int most;
    private final ClientLog remarks;

    AwaySessions(int most, ClientLog remarks) {
        this.most = most;
        this.remarks = remarks;
    }

    int size() {
        return byClient.size();
    }

    /** The one that holds most bytes. */
    Optional<MqttSession> largest() {
        return byClient.values().stream().max(Comparator.comparingLong(MqttSession::bytes));
    }

    Optional<MqttSession> remove(String clientId) {
        return Optional.ofNullable(byClient.remove(clientId));
    }

    /** Takes the session of a client that has left; yields the one that had to make room for it. */
    Optional<MqttSession> add(MqttSession session) {
        byClient.put(session.clientId(), session);
        if (byClient.size() <= most) {
            return Optional.empty();
        }
        Iterator<MqttSession> oldest = byClient.values().iterator();
        MqttSession first = oldest.next();
        oldest.remove();
        remarks.say(
                ClientLog.Kind.SESSIONS,
                () -> "more than " + most + " clients with a stored session are away: the session of "
                        + LogText.clean(first.clientId(), BrokerLimits.SHOWN) + ", away longest, has ended");
        return Optional.of(first);
    }
}
