package org.bellwire.cluster;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersResult;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own stand-ins for its clients, and what was asked of them. */
final class FakeKafka implements KafkaClients.Factory {

    final List<MockProducer<String, byte[]>> producers = new CopyOnWriteArrayList<>();
    /** Whether they acknowledge at once what is sent; else when they are told to. */
    boolean acknowledges = true;

    /** By isolation, as {@code read_committed}. */
    final Map<String, Deque<MockConsumer<String, byte[]>>> consumers = new HashMap<>();
    /** What refuses the next producers. */
    Optional<KafkaException> refusal = Optional.empty();

    /** How many of the next reports find a client that has not connected in time. */
    int unconnected;

    int consumersAsked;
    /** Transactional ids whose transactions were ended. */
    final List<String> fenced = new ArrayList<>();

    void serve(String isolation, MockConsumer<String, byte[]> consumer) {
        consumers.computeIfAbsent(isolation, name -> new ArrayDeque<>()).add(consumer);
    }

    MockProducer<String, byte[]> lastProducer() {
        return producers.get(producers.size() - 1);
    }

    @Override
    public Producer<String, byte[]> producer(Map<String, Object> config) {
        MockProducer<String, byte[]> made =
                new MockProducer<>(acknowledges, null, new StringSerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<String, byte[]> record, Callback callback) {
                        if (unconnected == 0) {
                            return super.send(record, callback);
                        }
                        unconnected--;
                        TimeoutException failure = new TimeoutException("no answer about partitions");
                        callback.onCompletion(null, failure);
                        return CompletableFuture.failedFuture(failure);
                    }
                };
        refusal.ifPresent(failure -> made.initTransactionException = failure);
        producers.add(made);
        return made;
    }

    @Override
    public Consumer<String, byte[]> consumer(Map<String, Object> config) {
        consumersAsked++;
        Deque<MockConsumer<String, byte[]>> there =
                consumers.getOrDefault(String.valueOf(config.get("isolation.level")), new ArrayDeque<>());
        if (there.isEmpty()) {
            throw new KafkaException("no node answers");
        }
        return there.remove();
    }

    /** It can end transactions, and nothing else. */
    @Override
    @SuppressWarnings("unchecked") // as the interface says
    public Admin admin(Map<String, Object> config) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "fenceProducers" -> {
                            fenced.addAll((Collection<String>) arguments[0]);
                            return ended();
                        }
                        case "close" -> {
                            if (arguments == null) {
                                throw new IllegalStateException("would wait for what nobody waits for, up to a minute");
                            }
                            return null;
                        }
                        default -> throw new KafkaException("no node answers");
                    }
                });
    }

    /** Kafka lets nobody else make one. */
    private static FenceProducersResult ended() throws ReflectiveOperationException {
        Constructor<FenceProducersResult> constructor = FenceProducersResult.class.getDeclaredConstructor(Map.class);
        constructor.setAccessible(true);
        return constructor.newInstance(Map.of());
    }
}
