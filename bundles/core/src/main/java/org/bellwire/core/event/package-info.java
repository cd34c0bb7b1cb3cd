/** From an action URL to MQTT: which phone it is, what the event means, and who is not configured. */
@NullMarked
package org.bellwire.core.event;

import org.jspecify.annotations.NullMarked;
