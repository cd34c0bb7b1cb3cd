package org.bellwire.api.port;

import org.osgi.annotation.versioning.ProviderType;

/** The site's triggers. Implemented by trigger, used by the ingress where it is there. Nothing here blocks. */
@ProviderType
public interface Triggers {

    /** There is a trigger with this id, and nothing is wrong with its file. */
    boolean knows(String id);

    /**
     * Takes a request: {@link Reply#ACCEPTED} once it is on its way, also if the trigger has a reason to ignore it, which then
     * stands in its result.
     */
    Reply receive(TriggerRequest request);
}
