/** What is done with a command: parsed, checked against the dial policy, queued for its phone, sent, and its result published. */
@NullMarked
package org.bellwire.core.command;

import org.jspecify.annotations.NullMarked;
