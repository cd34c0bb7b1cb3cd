package org.bellwire.cluster;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Report;

/** The way of reports in a cluster: through the log. Notes also what else changes of the phones that are owned here. */
final class ClusterIngest implements Ingest, PhoneListener {

    private final ReportAppender appender;
    private final OwnedPartitions partitions;

    ClusterIngest(ReportAppender appender, OwnedPartitions partitions) {
        this.appender = appender;
        this.partitions = partitions;
    }

    @Override
    public CompletionStage<Void> take(Report report) {
        return appender.take(report);
    }

    @Override
    public boolean owns(PhoneId phone) {
        return partitions.of(phone).isPresent();
    }

    @Override
    public boolean ownsFirst() {
        return partitions.ownsFirst();
    }

    @Override
    public void availability(PhoneId phone, boolean online) {
        changed(phone);
    }

    @Override
    public void states(PhoneId phone, Map<Property, String> changes) {
        partitions.of(phone).ifPresent(progress -> progress.changed(phone));
    }

    @Override
    public void event(PhoneEvent event) {
        changed(event.message().phone());
    }

    @Override
    public void changed(PhoneId phone) {
        partitions.of(phone).ifPresent(progress -> progress.changed(phone));
    }
}
