package org.bellwire.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What core and its audit log, kept for the test and off the console. */
public final class LogRecorder extends Handler {

    private static final Logger CORE = Logger.getLogger("org.bellwire");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public LogRecorder() {
        CORE.setUseParentHandlers(false);
        CORE.addHandler(this);
    }

    /** The lines at info and above, as {@code LEVEL text}. */
    public List<String> lines() {
        return records.stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.INFO.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** The lines that warn or worse. */
    public List<String> warnings() {
        return lines().stream().filter(line -> !line.startsWith("INFO")).toList();
    }

    /** Every line of any level, as {@code LEVEL text}, with the fault's own words if it has one. */
    List<String> all() {
        return records.stream().map(LogRecorder::whole).toList();
    }

    /** Every line of one logger. */
    List<String> allOf(String logger) {
        return records.stream()
                .filter(entry -> logger.equals(entry.getLoggerName()))
                .map(LogRecorder::whole)
                .toList();
    }

    private static String whole(LogRecord entry) {
        String text = entry.getLevel() + " " + entry.getMessage();
        return entry.getThrown() == null ? text : text + " " + entry.getThrown();
    }

    void forget() {
        records.clear();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        CORE.removeHandler(this);
        CORE.setUseParentHandlers(true);
    }
}
