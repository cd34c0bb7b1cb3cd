/** Values: what a phone, a call, an event and a command are. */
@Export
@Version("1.0.0")
@NullMarked
package org.bellwire.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
