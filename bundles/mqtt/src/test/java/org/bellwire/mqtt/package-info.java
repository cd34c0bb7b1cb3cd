/** Tests against a real mosquitto. */
@NullMarked
package org.bellwire.mqtt;

import org.jspecify.annotations.NullMarked;
