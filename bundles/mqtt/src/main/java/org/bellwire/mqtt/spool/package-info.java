/** Events that were promised: on their way to the broker, on disk, and back from there in order. */
@NullMarked
package org.bellwire.mqtt.spool;

import org.jspecify.annotations.NullMarked;
