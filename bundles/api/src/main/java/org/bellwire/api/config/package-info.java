/** Reading configuration files: keys, values of their own form, secrets, certificates; and messages that name what to change. */
@Export
@Version("1.0.0")
@NullMarked
package org.bellwire.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
