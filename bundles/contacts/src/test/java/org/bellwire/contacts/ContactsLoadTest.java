package org.bellwire.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large building's address book. */
class ContactsLoadTest {

    private static final int LINES = 50_000;
    private static final long MAX_HELD = 20 << 20;
    private static final String[] FORMS = {"030 %07d", "+49 171 %07d", "0049 89 %07d", "0 40 %07d", "+1 650 %07d"};

    @TempDir
    Path folder;

    @Test
    void fifty_thousand_lines_hold_less_than_twenty_megabytes() throws IOException {
        StringBuilder text = new StringBuilder("number,name,tags\n");
        for (int i = 0; i < LINES; i++) {
            text.append(String.format(Locale.ROOT, FORMS[i % FORMS.length], 2_000_000 + i))
                    .append(",\"Muster, Anna ")
                    .append(i)
                    .append("\",family group")
                    .append(i % 40)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("contacts.csv"), text);
        NumberForm form = ContactsSettings.of(Map.of()).form();

        long before = held();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        ContactsIndex index = read(file, form);
        long first = System.nanoTime();
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        long held = held() - before;
        long again = System.nanoTime();
        assertThat(read(file, form).size()).isEqualTo(LINES);
        System.out.printf(
                Locale.ROOT,
                "figure: %d contacts are read in %d ms (%d ms of processor time), again in %d ms, and hold %.1f MB%n",
                LINES,
                (first - begin) / 1_000_000,
                used / 1_000_000,
                (System.nanoTime() - again) / 1_000_000,
                held / 1e6);
        assertThat(index.size()).isEqualTo(LINES);
        assertThat(held).isLessThan(MAX_HELD);
    }

    private static ContactsIndex read(Path file, NumberForm form) throws IOException {
        return ContactsReader.read(
                        file,
                        form,
                        (line, why) -> {
                            throw new AssertionError(line + ": " + why);
                        },
                        limit -> {
                            throw new AssertionError(limit);
                        })
                .orElseThrow();
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
