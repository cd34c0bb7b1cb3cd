@NullMarked
package org.bellwire.console.view;

import org.jspecify.annotations.NullMarked;
