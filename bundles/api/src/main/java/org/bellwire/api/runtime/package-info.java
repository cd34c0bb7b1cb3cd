/** What a running part of Bellwire needs whatever it does: named threads, rates, and a log that stays short and harmless. */
@Export
@Version("1.0.0")
@NullMarked
package org.bellwire.api.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
