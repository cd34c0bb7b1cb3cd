/** Publishing over the connection there is: a window of messages in flight, in the order of the calls. */
@NullMarked
package org.bellwire.mqtt.publish;

import org.jspecify.annotations.NullMarked;
