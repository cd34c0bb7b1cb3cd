/** The connection to the broker, on Eclipse Paho. The only bundle that sees Paho. */
@NullMarked
package org.bellwire.mqtt;

import org.jspecify.annotations.NullMarked;
