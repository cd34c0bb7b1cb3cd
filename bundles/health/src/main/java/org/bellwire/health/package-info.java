/** How Bellwire is: on the topic {@code bridge/health}, and for probes on the port of {@code org.bellwire.console.cfg}. */
@NullMarked
package org.bellwire.health;

import org.jspecify.annotations.NullMarked;
