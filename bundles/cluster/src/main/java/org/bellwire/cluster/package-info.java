/** Several gateways that share the phones by partitions, on Apache Kafka. */
@NullMarked
package org.bellwire.cluster;

import org.jspecify.annotations.NullMarked;
