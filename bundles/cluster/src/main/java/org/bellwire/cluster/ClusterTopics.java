package org.bellwire.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three topics of Kafka: made where they are missing, and asked how many partitions they have. */
final class ClusterTopics {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTopics.class);
    private static final int WAIT_S = 10;
    private static final int COPIES = 3;
    private static final String HOUR_MS = "3600000";
    private static final String THREE_DAYS_MS = "259200000";
    /** Kafka keeps all that it has not compacted, and compacts no part that is still written to: a new owner reads that, too. */
    private static final String SEGMENT_MS = "600000";

    private static final String SEGMENT_BYTES = "16777216";

    private final ClusterSettings settings;

    ClusterTopics(ClusterSettings settings) {
        this.settings = settings;
    }

    /**
     * How many partitions there are; waits for Kafka.
     *
     * @throws IllegalStateException if they do not have the same number
     */
    int prepare(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> names = admin.listTopics().names().get(WAIT_S, TimeUnit.SECONDS);
        List<String> missing = List.of(settings.reports(), settings.commands(), settings.phones()).stream()
                .filter(name -> !names.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            make(admin, missing);
        }
        Map<String, TopicDescription> there = admin.describeTopics(
                        List.of(settings.reports(), settings.commands(), settings.phones()))
                .allTopicNames()
                .get(WAIT_S, TimeUnit.SECONDS);
        List<Integer> counts = there.values().stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .toList();
        if (counts.size() != 1) {
            throw new IllegalStateException("the topics " + there.keySet() + " have not the same number of partitions:"
                    + " delete them, or give those with fewer as many");
        }
        int count = counts.get(0);
        if (count != settings.partitions()) {
            LOG.info(
                    "Kafka's topics have {} partitions, so that is how many there are; partitions = {} counted at the first start only",
                    count,
                    settings.partitions());
        }
        return count;
    }

    private void make(Admin admin, List<String> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        int nodes =
                admin.describeCluster().nodes().get(WAIT_S, TimeUnit.SECONDS).size();
        short copies = (short) Math.min(COPIES, nodes);
        String inSync = copies >= COPIES ? "2" : "1";
        List<NewTopic> topics = new ArrayList<>();
        for (String name : missing) {
            Map<String, String> config = name.equals(settings.phones())
                    ? Map.of(
                            "cleanup.policy",
                            "compact",
                            "segment.ms",
                            SEGMENT_MS,
                            "segment.bytes",
                            SEGMENT_BYTES,
                            "min.insync.replicas",
                            inSync)
                    : Map.of(
                            "retention.ms",
                            name.equals(settings.commands()) ? HOUR_MS : THREE_DAYS_MS,
                            "min.insync.replicas",
                            inSync);
            topics.add(new NewTopic(name, Optional.of(settings.partitions()), Optional.of(copies)).configs(config));
        }
        try {
            admin.createTopics(topics).all().get(WAIT_S, TimeUnit.SECONDS);
            LOG.info(
                    "made the topics {} with {} partitions and {} copies in Kafka",
                    missing,
                    settings.partitions(),
                    copies);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another gateway was faster
                throw e;
            }
        }
    }
}
