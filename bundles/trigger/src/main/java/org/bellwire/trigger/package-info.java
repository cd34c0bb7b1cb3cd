/** Triggers: what phones are told to do when a button of the building is pressed. */
@NullMarked
package org.bellwire.trigger;

import org.jspecify.annotations.NullMarked;
