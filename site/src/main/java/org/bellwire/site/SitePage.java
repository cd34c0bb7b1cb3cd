package org.bellwire.site;

/**
 * One page.
 *
 * @param source where it comes from in the repository; of a page that is made, where it would be
 * @param markdown its text, which begins with its title
 */
record SitePage(String source, String markdown) {

    /** Where it is on the site. */
    String path() {
        return SitePaths.of(source).orElseThrow(() -> new IllegalStateException(source + " has no place on the site"));
    }

    /** The first heading, without its marks. */
    String title() {
        return markdown.lines()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .map(line -> line.substring(2).replace("`", "").strip())
                .orElse(source);
    }
}
