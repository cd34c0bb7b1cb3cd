/**
 * Java 24 took away {@code Subject.getSubject}, by which Karaf 4.4 finds out who sits at its console: its shell then does not start.
 * This agent, which only the distribution uses and only on such a Java, gives those few classes another way. It can go as soon as
 * Karaf has one.
 */
@NullMarked
package org.bellwire.agent;

import org.jspecify.annotations.NullMarked;
