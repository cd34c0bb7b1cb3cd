package org.bellwire.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What tests have run in the page. */
final class PageScripts {

    /** Scrolls for two seconds, a row in each frame, and tells how many frames there were in a second. */
    static final String SCROLL =
            "const done = arguments[arguments.length - 1], box = document.querySelector('.scroller');"
                    + " let n = 0; const begin = performance.now();"
                    + " const step = now => { box.scrollTop += 40; n++;"
                    + " if (now - begin < 2000) requestAnimationFrame(step);"
                    + " else done(String(Math.round(n * 1000 / (now - begin)))); };"
                    + " requestAnimationFrame(step)";

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String SCAN =
            "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r =>"
                    + " done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')"
                    + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')).join('\\n')))";

    private PageScripts() {}

    /** What axe-core finds serious or worse in each view, each with the view's name; empty: nothing. */
    static List<String> faultsOfAllViews(Browser browser, String phone) {
        List<String> faults = new ArrayList<>();
        for (String view : List.of("", "#/flow", "#/overview", "#/inbox", "#/phone/" + phone)) {
            browser.runs("location.hash = arguments[0]", view);
            Waits.until(
                    view,
                    () -> browser.runs("return String(!!document.querySelector('.view > *'))")
                            .equals("true"));
            scan(browser, view, faults);
        }
        for (int tab = 0; tab < 4; tab++) {
            int which = tab;
            Waits.until(
                    "tab " + tab,
                    () -> browser.runs(
                                    "const tab = document.querySelectorAll('[role=tab]')[arguments[0]];"
                                            + " if (tab) tab.click(); return String(!!tab)",
                                    which)
                            .equals("true"));
            scan(browser, phone + " tab " + tab, faults);
        }
        return faults;
    }

    private static void scan(Browser browser, String view, List<String> faults) {
        browser.runs(axe());
        String found = browser.awaits(SCAN);
        if (!found.isEmpty()) {
            faults.add(view + "\n" + found);
        }
    }

    private static String axe() {
        try (InputStream in = PageScripts.class.getResourceAsStream(AXE)) {
            return new String(java.util.Objects.requireNonNull(in, AXE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
