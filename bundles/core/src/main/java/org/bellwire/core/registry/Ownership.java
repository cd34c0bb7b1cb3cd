package org.bellwire.core.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.ClusterMembership;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.core.files.CfgText;
import org.bellwire.core.files.SmallFile;
import org.bellwire.core.files.UnreadableFileException;
import org.bellwire.core.phone.Phone;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the phones are: all are this gateway's where it is alone, else as the cluster says. A gateway that is to be in a cluster
 * never acts alone by mistake: where its file names the cluster's servers and the cluster is not there, it owns nothing.
 */
@Component(service = {Ownership.class, ClusterMembership.class})
public final class Ownership implements ClusterMembership {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final String FILE = "org.bellwire.cluster.cfg";

    private volatile Optional<Ingest> cluster = Optional.empty();

    private volatile Optional<Gateways> gateways = Optional.empty();
    private volatile Optional<RemotePhones> remote = Optional.empty();
    private volatile boolean alone;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    private record Watcher(Runnable changed, Runnable again) {}

    @Activate
    public Ownership() {
        this(Optional.ofNullable(System.getProperty("karaf.etc")).map(Path::of));
    }

    /** @param folder where the files are */
    Ownership(Optional<Path> folder) {
        alone = folder.map(etc -> etc.resolve(FILE))
                .filter(Ownership::namesServers)
                .isEmpty();
        if (!alone) {
            LOG.info("{} names servers: this gateway serves phones as soon as the cluster is there", FILE);
        }
    }

    /** Of a gateway that owns all. */
    public static Ownership ofAll() {
        return new Ownership(Optional.empty());
    }

    private static boolean namesServers(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            String servers = CfgText.parse(SmallFile.read(file)).values().getOrDefault("servers", "");
            return !servers.isBlank();
        } catch (UnreadableFileException e) {
            LOG.warn("{}: {}; until this is right this gateway serves no phone", FILE, e.getMessage());
            return true;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setCluster(Ingest now) {
        alone = false;
        cluster = Optional.of(now);
        changed();
    }

    public void unsetCluster(Ingest gone) {
        cluster = cluster.filter(there -> there != gone);
        changed();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setGateways(Gateways several) {
        gateways = Optional.of(several);
        changed();
    }

    /** Its answers are others than they were. */
    public void updatedGateways(Gateways several) {
        changed();
    }

    public void unsetGateways(Gateways gone) {
        gateways = gateways.filter(there -> there != gone);
        changed();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setRemote(RemotePhones others) {
        remote = Optional.of(others);
        changed();
    }

    public void unsetRemote(RemotePhones gone) {
        remote = remote.filter(there -> there != gone);
        changed();
    }

    /**
     * From now on until closed, runs what must not block.
     *
     * @param changed phones may have come to this gateway or left it
     * @param again all that it publishes of what it owns is to be said again: another gateway may have said something older
     */
    public Bus.Subscription watch(Runnable changed, Runnable again) {
        Watcher watcher = new Watcher(changed, again);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private void changed() {
        watchers.forEach(watcher -> watcher.changed().run());
    }

    /** This gateway owns other phones than before, or another one has slept. */
    public void sayAgain() {
        watchers.forEach(watcher -> watcher.again().run());
    }

    /** The phones of other gateways, if there are any. */
    public Optional<RemotePhones> remote() {
        return remote;
    }

    @Override
    public boolean isAlone() {
        return alone;
    }

    public boolean owns(Phone phone) {
        return owns(phone.settings().id());
    }

    public boolean owns(PhoneId phone) {
        return alone || cluster.filter(there -> there.owns(phone)).isPresent();
    }

    /** The other gateway that serves this phone, as the cluster names it, or {@link PhoneStatus#NOBODY}; empty: this one does. */
    public Optional<String> elsewhere(PhoneId phone) {
        return owns(phone)
                ? Optional.empty()
                : gateways.flatMap(all -> all.ownerOf(phone).filter(owner -> !owner.equals(all.own())))
                        .or(() -> Optional.of(PhoneStatus.NOBODY));
    }

    /** This gateway is the one that publishes what there is once in the building. */
    public boolean ownsFirst() {
        return alone || cluster.filter(Ingest::ownsFirst).isPresent();
    }

    /**
     * Where reports go.
     *
     * @param direct for a gateway that is alone
     * @throws Undelivered if the cluster is not there
     */
    public Ingest ingest(Ingest direct) throws Undelivered {
        return alone ? direct : cluster.orElseThrow(() -> new Undelivered("the cluster is not there"));
    }
}
