/**
 * An MQTT 3.1.1 broker for those who have none: one thread, no dependency. It knows QoS 0 to 2, retained messages (kept on disk),
 * wills, stored sessions (kept in memory) and all wildcards; one user, or none. Whatever clients and files do, it takes no more
 * memory and time than {@link org.bellwire.broker.BrokerLimits} says.
 */
@NullMarked
package org.bellwire.broker;

import org.jspecify.annotations.NullMarked;
