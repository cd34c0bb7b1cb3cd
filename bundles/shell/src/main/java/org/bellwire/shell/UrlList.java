package org.bellwire.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.spi.Provisioning.EventUrl;

/** The URLs of a target, to be pasted: never cut, never broken. */
final class UrlList {

    private final UrlTarget target;
    private final List<EventUrl> urls;

    UrlList(UrlTarget target, Gateway gateway) {
        this.target = target;
        this.urls = target.urls(gateway);
    }

    void print(PrintStream out, Screen screen) {
        out.println("Paste into: " + target.binding().provisioning().menu());
        target.note().ifPresent(out::println);
        out.println();
        List<String> distinct = urls.stream().map(EventUrl::url).distinct().toList();
        if (distinct.size() == 1) {
            out.println("One URL for all events:");
            out.println(distinct.get(0));
            return;
        }
        int event =
                urls.stream().mapToInt(url -> url.row().name().length()).max().orElse(0);
        int longest = distinct.stream().mapToInt(String::length).max().orElse(0);
        if (screen.fits(event + 3 + longest)) {
            printTable(out, screen);
        } else {
            urls.forEach(url -> out.println(url.row().name() + "\n  " + url.url()));
        }
    }

    private void printTable(PrintStream out, Screen screen) {
        ShellTable table = new ShellTable();
        table.column("Event");
        table.column("URL");
        urls.forEach(url -> table.addRow().addContent(url.row().name(), url.url()));
        screen.print(table, out);
    }
}
