package org.bellwire.itests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bellwire.api.spi.PhoneBinding;

/** The vendors, as the class path has them: no test names them all. */
public final class Vendors {

    private static final List<PhoneBinding> BINDINGS = StreamSupport.stream(
                    new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("org.bellwire.binding")
                            .spliterator(),
                    false)
            .filter(type -> type.isAssignableTo(PhoneBinding.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::reflect)
            .map(Vendors::instance)
            .sorted(Comparator.comparing(binding -> binding.info().id()))
            .collect(Collectors.toUnmodifiableList());

    private Vendors() {}

    private static PhoneBinding instance(Class<?> type) {
        try {
            return (PhoneBinding) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a binding has a constructor without parameters: " + type, e);
        }
    }

    public static List<PhoneBinding> bindings() {
        return BINDINGS;
    }

    static List<String> ids() {
        return BINDINGS.stream().map(binding -> binding.info().id()).toList();
    }

    static PhoneBinding binding(String id) {
        return BINDINGS.stream()
                .filter(binding -> binding.info().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Where all of a vendor lies. */
    public static Path folder(String id) {
        return Path.of(System.getProperty("basedir", "."), "..", "bundles", "binding-" + id);
    }
}
