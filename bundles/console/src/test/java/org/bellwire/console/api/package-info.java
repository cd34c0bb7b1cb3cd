@NullMarked
package org.bellwire.console.api;

import org.jspecify.annotations.NullMarked;
