package org.bellwire.launcher;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts Karaf. Java ends the process when the heap is full, but not when no thread can be started: whoever asked for it gets an
 * error, and a part of Bellwire is missing from then on. Here that ends the process, too, so that the service manager starts it
 * anew.
 */
public final class Launcher {

    private static final Logger LOG = Logger.getLogger(Launcher.class.getName());
    private static final int EXIT = 3; // as Java's own end for want of memory

    private Launcher() {}

    /** Called by Java, with what Karaf is called with. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread.setDefaultUncaughtExceptionHandler(Launcher::uncaught);
        String threads = System.getProperty("bellwire.thread.log", "");
        if (!threads.isEmpty()) {
            new ThreadWatch(Path.of(threads), Launcher::end).start();
        }
        Class.forName("org.apache.karaf.main.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }

    private static void uncaught(Thread thread, Throwable error) {
        if (error instanceof OutOfMemoryError) {
            boolean threads = String.valueOf(error.getMessage()).contains("native thread");
            end("out of memory in the thread " + thread.getName() + ": " + error.getMessage()
                    + (threads ? ". " + ThreadWatch.advice() : ""));
        }
        LOG.log(Level.SEVERE, error, () -> "the thread " + thread.getName() + " ended by an error");
    }

    /** At once and without a word of farewell: that would need threads. What was promised is on disk or at the broker. */
    private static void end(String reason) {
        String message = "Bellwire ends, to be started anew by the service manager: " + reason;
        System.err.println(message);
        LOG.severe(message);
        Runtime.getRuntime().halt(EXIT);
    }
}
