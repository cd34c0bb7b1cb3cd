package org.bellwire.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the design: they point down to the api, and each technology stays in its one bundle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArrowsTest {

    private static final String API = "org.bellwire.api..";
    private static final String BINDINGS = "org.bellwire.binding.";

    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.bellwire")
            .that(DescribedPredicate.describe(
                    "are shipped",
                    type -> !type.getPackageName().startsWith("org.bellwire.itests")
                            && !type.getPackageName().startsWith("org.bellwire.testkit")));

    @Test
    void all_bundles_are_seen() {
        assertThat(all.stream().map(ArrowsTest::bundle).distinct())
                .contains(
                        "api",
                        "broker",
                        "cluster",
                        "console",
                        "contacts",
                        "core",
                        "health",
                        "homeassistant",
                        "ingress",
                        "karaf",
                        "line",
                        "mqtt",
                        "shell",
                        "simulator",
                        "store",
                        "trigger",
                        "binding");
    }

    @Test
    void packages_have_no_circles() {
        slices().matching("org.bellwire.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void classes_have_no_circles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
                    }

                    @Override
                    public String getDescription() {
                        return "classes with what is nested in them";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void classes_have_names_of_their_own() {
        Map<String, List<String>> byName = all.stream()
                .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertThat(byName.values().stream().filter(same -> same.size() > 1)).isEmpty();
    }

    @Test
    void api_uses_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API, "java..", "org.jspecify.annotations", "org.osgi.annotation..")
                .check(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker",
                "cluster",
                "console",
                "contacts",
                "core",
                "health",
                "homeassistant",
                "ingress",
                "karaf",
                "line",
                "mqtt",
                "shell",
                "simulator",
                "store",
                "trigger",
                "binding"
            })
    void bundle_uses_only_api_and_files_of_ours(String bundle) {
        String own = "org.bellwire." + bundle + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are another bundle's",
                        other -> other.getPackageName().startsWith("org.bellwire.")
                                && !other.getPackageName().startsWith("org.bellwire.api")
                                && !other.getPackageName().equals("org.bellwire.store")
                                && !other.getPackageName().startsWith("org.bellwire." + bundle)))
                .check(all);
    }

    @Test
    void no_binding_uses_another() {
        for (String vendor : vendors()) {
            noClasses()
                    .that()
                    .resideInAPackage(BINDINGS + vendor)
                    .should()
                    .dependOnClassesThat(DescribedPredicate.describe(
                            "are another vendor's",
                            other -> other.getPackageName().startsWith(BINDINGS)
                                    && !other.getPackageName().equals(BINDINGS + vendor)))
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @Test
    void only_mqtt_sees_paho() {
        onlyIn("org.eclipse.paho", "mqtt");
    }

    @Test
    void no_bundle_sees_the_http_classes_of_jetty() {
        onlyIn("org.eclipse.jetty.http");
    }

    @Test
    void only_ingress_sees_jetty_and_only_health_and_console_servlets() {
        onlyIn("org.eclipse.jetty", "ingress");
        onlyIn("javax.servlet", "health", "console");
    }

    @Test
    void only_health_sees_prometheus() {
        onlyIn("io.prometheus", "health");
    }

    @Test
    void only_cluster_sees_kafka() {
        onlyIn("org.apache.kafka", "cluster");
    }

    @Test
    void only_contacts_sees_libphonenumber() {
        onlyIn("com.google.i18n", "contacts");
    }

    @Test
    void only_two_bundles_see_karaf() {
        onlyIn("org.apache.karaf", "shell", "karaf");
    }

    @Test
    void no_vendor_is_named_outside_its_bundle() {
        List<String> named = new ArrayList<>();
        for (JavaClass type : all) {
            for (String vendor : vendors()) {
                if (!type.getPackageName().equals(BINDINGS + vendor) && mentions(type, vendor)) {
                    named.add(type.getName() + " names " + vendor);
                }
            }
        }
        assertThat(named).isEmpty();
    }

    @Test
    void every_package_says_what_lives_there() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("../bundles"))) {
            List<Path> silent = sources.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !says(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent)
                    .as("packages without a sentence in package-info.java")
                    .isEmpty();
        }
    }

    private static boolean says(Path packageInfo) {
        try {
            return Files.exists(packageInfo) && Files.readString(packageInfo).startsWith("/**");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void flows_are_told_by_classes_that_there_are() throws IOException {
        Set<String> names = all.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        String flows = Files.readString(Path.of("../docs/architecture.md"))
                .split("## The flows, as class names\n")[1]
                .split("\n## ")[0];
        List<String> told = Pattern.compile("`(\\w+)`")
                .matcher(flows)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(told).hasSizeGreaterThan(30);
        assertThat(names).containsAll(told);
    }

    private void onlyIn(String technology, String... bundles) {
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not of " + String.join(", ", bundles),
                        type -> !List.of(bundles).contains(bundle(type))))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of " + technology, other -> other.getPackageName().startsWith(technology)))
                .check(all);
    }

    private Set<String> vendors() {
        return all.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(BINDINGS))
                .map(name -> name.substring(BINDINGS.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bundle(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }

    /** The class file holds its names and its texts as they are, so a look at the bytes finds both. */
    private static boolean mentions(JavaClass type, String vendor) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.toLowerCase(Locale.ROOT).contains(vendor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
