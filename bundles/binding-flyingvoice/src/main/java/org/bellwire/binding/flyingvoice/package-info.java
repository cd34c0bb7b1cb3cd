/** The tables of FlyingVoice IP phones. */
@NullMarked
package org.bellwire.binding.flyingvoice;

import org.jspecify.annotations.NullMarked;
