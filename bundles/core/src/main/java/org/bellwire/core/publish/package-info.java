/** The topics of phones: events as they happen, and retained topics that are kept true. */
@NullMarked
package org.bellwire.core.publish;

import org.jspecify.annotations.NullMarked;
