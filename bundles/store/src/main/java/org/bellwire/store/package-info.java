/** What all files of Bellwire's own have in common. */
@Export
@Version("1.0.0")
@NullMarked
package org.bellwire.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
