/** One connection to the broker after the other: sockets, TLS, Paho, subscriptions, and what is let in. */
@NullMarked
package org.bellwire.mqtt.connection;

import org.jspecify.annotations.NullMarked;
