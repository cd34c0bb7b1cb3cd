package org.bellwire.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.bellwire.api.spi.PhoneBinding;

/** The vendors, as the class path has them: what their bundles declare as components. */
final class InstalledBindings {

    private static final String COMPONENTS = "Service-Component";

    private InstalledBindings() {}

    /** By their id. */
    static List<PhoneBinding> all() {
        try {
            return Collections.list(InstalledBindings.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))
                    .stream()
                    .flatMap(InstalledBindings::components)
                    .flatMap(name -> binding(name).stream())
                    .sorted(Comparator.comparing(binding -> binding.info().id()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> components(URL manifest) {
        try (InputStream in = manifest.openStream()) {
            return Optional.ofNullable(new Manifest(in).getMainAttributes().getValue(COMPONENTS)).stream()
                    .flatMap(all -> Stream.of(all.split(",")))
                    .map(path -> path.strip().replaceAll("^OSGI-INF/|\\.xml$", ""))
                    .filter(name -> name.startsWith("org.bellwire.binding."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PhoneBinding> binding(String name) {
        try {
            Object made = Class.forName(name).getDeclaredConstructor().newInstance();
            return made instanceof PhoneBinding binding ? Optional.of(binding) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be made", e);
        }
    }
}
