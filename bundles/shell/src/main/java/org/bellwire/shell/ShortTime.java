package org.bellwire.shell;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A moment as a table has room for it: the time if it is of today, else the day. */
record ShortTime(Clock clock) {

    String of(Instant instant) {
        ZonedDateTime time = instant.atZone(clock.getZone());
        boolean isToday = time.toLocalDate().equals(LocalDate.now(clock));
        return time.format(DateTimeFormatter.ofPattern(isToday ? "HH:mm:ss" : "yyyy-MM-dd"));
    }
}
