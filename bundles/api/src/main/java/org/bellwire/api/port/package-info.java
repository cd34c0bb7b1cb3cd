/** Where the bundles meet: each interface is implemented by one bundle and used by others. */
@Export
@Version("1.1.0")
@NullMarked
package org.bellwire.api.port;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
