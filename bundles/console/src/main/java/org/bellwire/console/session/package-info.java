/** Who may: token, sessions, links that log in, and where a request may come from. */
@NullMarked
package org.bellwire.console.session;

import org.jspecify.annotations.NullMarked;
