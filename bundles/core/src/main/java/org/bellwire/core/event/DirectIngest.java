package org.bellwire.core.event;

import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.PartitionOwner.Position;
import org.bellwire.api.port.Report;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The way of reports in a gateway that is alone: a call. No service {@link Ingest}, which is the cluster's. */
@Component(service = DirectIngest.class)
public final class DirectIngest implements Ingest {

    private final ReportProcessor owner;
    private final EventOutlet broker;

    @Activate
    public DirectIngest(@Reference ReportProcessor owner, @Reference Bus bus) {
        this.owner = owner;
        broker = bus::deliver;
    }

    @Override
    public CompletionStage<Void> take(Report report) {
        return owner.take(report, Position.NONE, broker);
    }

    @Override
    public boolean owns(PhoneId phone) {
        return true;
    }

    @Override
    public boolean ownsFirst() {
        return true;
    }
}
