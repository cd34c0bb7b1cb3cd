/** Tests of what Home Assistant is told. */
@NullMarked
package org.bellwire.homeassistant;

import org.jspecify.annotations.NullMarked;
