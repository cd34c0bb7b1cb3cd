/** All phones: their files, read and watched, and how a phone is found. */
@NullMarked
package org.bellwire.core.registry;

import org.jspecify.annotations.NullMarked;
