package org.bellwire.site;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes HTML of a page. A link to a file of the repository leads to where that file is on the site, or there is no site. */
final class MarkdownRenderer {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Pattern SECOND = Pattern.compile("<h2 id=\"([^\"]+)\">(.*?)</h2>");
    private static final Pattern TAG = Pattern.compile("<[^>]+>");

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer renderer =
            HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();
    private final Set<String> files;

    /** @param files that the site has, by their place in it */
    MarkdownRenderer(Set<String> files) {
        this.files = Set.copyOf(files);
    }

    String html(SitePage page) {
        Node document = parser.parse(page.markdown());
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(target(page, link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(target(page, image.getDestination()));
                visitChildren(image);
            }
        });
        // A wide table scrolls by itself, and the page does not.
        return renderer.render(document)
                .replace("<table>", "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table>")
                .replace("</table>", "</table></div>");
    }

    /** The headings of the second level of such HTML. */
    static List<SiteTemplate.Heading> headings(String html) {
        List<SiteTemplate.Heading> headings = new ArrayList<>();
        Matcher found = SECOND.matcher(html);
        while (found.find()) {
            String text = TAG.matcher(found.group(2)).replaceAll("");
            headings.add(new SiteTemplate.Heading(found.group(1), plain(text)));
        }
        return headings;
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private String target(SitePage page, String written) {
        if (written.startsWith("#") || written.matches("[a-z]+:.*")) {
            return written;
        }
        int hash = written.indexOf('#');
        String path = hash < 0 ? written : written.substring(0, hash);
        String anchor = hash < 0 ? "" : written.substring(hash);
        String source = URI.create(page.source()).resolve(path).getPath().replaceAll("/$", "");
        Optional<String> target = SitePaths.of(source).filter(files::contains);
        return SitePaths.relative(
                        page.path(),
                        target.orElseThrow(() -> new IllegalStateException(
                                page.source() + " has a link to " + written + ", and the site has no such page")))
                + anchor;
    }
}
