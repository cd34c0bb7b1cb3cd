/** Lets the gateway, the phones and the groups appear by themselves in Home Assistant and openHAB: MQTT discovery. */
@NullMarked
package org.bellwire.homeassistant;

import org.jspecify.annotations.NullMarked;
