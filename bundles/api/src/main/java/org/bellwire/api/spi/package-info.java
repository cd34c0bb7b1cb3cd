/** What one vendor contributes: two tables and a few settings, all of them data. */
@Export
@Version("1.0.0")
@NullMarked
package org.bellwire.api.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
