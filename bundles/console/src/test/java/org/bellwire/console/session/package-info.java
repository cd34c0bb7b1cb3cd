@NullMarked
package org.bellwire.console.session;

import org.jspecify.annotations.NullMarked;
