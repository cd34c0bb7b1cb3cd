package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bellwire.api.spi.EventTable;

/** Whether what real phones sent is read as the captures of them say. */
record CaptureCheck(EventTable events) {

    /** All captures of a folder, which need not be there. */
    void folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                file(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void file(String name, String text) {
        List<CaptureReader.Exchange> all = CaptureReader.read(text);
        assertThat(all).as("whole exchanges in %s", name).isNotEmpty();
        for (CaptureReader.Exchange exchange : all) {
            if (exchange.isReport()) {
                report(name, exchange);
            }
        }
    }

    private void report(String name, CaptureReader.Exchange exchange) {
        String read = CaptureReader.meaning(exchange.sampleTarget(), events);
        String shown = name + ", exchange " + exchange.number() + ": " + exchange.sampleTarget();
        if (exchange.meaning().isEmpty()) {
            throw new AssertionError(shown + "\nsays below it what it means, if this is right:\n  " + read);
        }
        EventSample said = EventSample.parse(
                exchange.sampleTarget(), "  " + exchange.meaning().get());
        assertThat(said.read(events)).as(shown).isEqualTo(said.meaning());
    }
}
