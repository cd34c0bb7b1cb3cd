/** What an administrator does to a Bellwire that does not run, or to see whether it does: backup, restore, upgrade, health. */
@NullMarked
package org.bellwire.maintenance;

import org.jspecify.annotations.NullMarked;
