/** Many phones at once: a list of them as CSV, and what becomes of it. */
@NullMarked
package org.bellwire.shell.bulk;

import org.jspecify.annotations.NullMarked;
