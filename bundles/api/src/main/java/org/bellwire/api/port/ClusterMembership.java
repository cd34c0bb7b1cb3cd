package org.bellwire.api.port;

import org.osgi.annotation.versioning.ProviderType;

/** Whether this gateway is to be one of several. Implemented by core. */
@ProviderType
public interface ClusterMembership {

    /** There is no cluster, and is to be none: else this gateway never acts by itself, also while the cluster is not there yet. */
    boolean isAlone();
}
