package org.bellwire.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;

/** Our features in a stock Karaf, seen from inside the container. JUnit 4: Pax Exam has no driver for JUnit 5. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@SuppressWarnings("NullAway.Init")
public final class FeaturesIT {

    private static final List<String> PORTS = List.of(
            "org.bellwire.api.port.ActionUrls",
            "org.bellwire.api.port.Bus",
            "org.bellwire.api.port.Commands",
            "org.bellwire.api.port.Gateway",
            "org.bellwire.api.port.PhoneClient",
            "org.bellwire.api.port.Phones");
    private static final String BINDING = "org.bellwire.api.spi.PhoneBinding";
    private static final int ROUNDS = 10;
    private static final long POLL_NANOS = 20_000_000L;

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    /** The container: a stock Karaf that finds our artifacts in the distribution's {@code system} folder. */
    @Configuration
    public Option[] stockKaraf() {
        Path folder = Scratch.folder("container");
        Path system =
                Distribution.unpack(folder, Mosquitto.absent(folder)).home().resolve("system");
        String version = System.getProperty("bellwire.version", "");
        String karaf = System.getProperty("karaf.version", "");
        String archive =
                Path.of(System.getProperty("karaf.archive", "")).toUri().toString();
        String maven = "etc/org.ops4j.pax.url.mvn.cfg";
        // The same for both, as in a Karaf where nobody has changed a port.
        String web = port();
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(archive)
                    .karafVersion(karaf)
                    .name("Apache Karaf")
                    .unpackDirectory(folder.resolve("karaf").toFile())
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            editConfigurationFilePut(
                    maven, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("maven.repository", "")),
            editConfigurationFilePut(
                    maven,
                    "org.ops4j.pax.url.mvn.defaultRepositories",
                    "file:${karaf.home}/system@id=stock@snapshots, file:" + system + "@id=bellwire@snapshots"),
            editConfigurationFilePut(maven, "org.ops4j.pax.url.mvn.repositories", ""),
            editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiRegistryPort", port()),
            editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiServerPort", port()),
            editConfigurationFilePut("etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", web),
            editConfigurationFilePut("etc/org.bellwire.console.cfg", "port", web),
            editConfigurationFilePut("etc/org.bellwire.ingress.cfg", "host", "127.0.0.1"),
            editConfigurationFilePut("etc/org.bellwire.ingress.cfg", "port", port()),
            editConfigurationFilePut("etc/org.bellwire.mqtt.cfg", "url", "tcp://127.0.0.1:" + port()),
            editConfigurationFilePut("etc/bellwire-under-test.properties", "version", version),
            vmOptions(
                    "-Dbellwire.version=" + version,
                    "-Dbellwire.web=" + web,
                    "-Xmx256m",
                    "--add-reads=java.xml=java.logging",
                    "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                    "--patch-module=java.base=lib/endorsed/org.apache.karaf.specs.locator-" + karaf + ".jar",
                    "--patch-module=java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + karaf + ".jar",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                    "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                    "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                    "-classpath",
                    "lib/jdk9plus/*:lib/boot/*:lib/endorsed/*"),
        };
    }

    private static String port() {
        return String.valueOf(Loopback.freePort());
    }

    @Before
    public void add_our_features() throws Exception {
        String repository =
                "mvn:org.bellwire/bellwire-features/" + System.getProperty("bellwire.version") + "/xml/features";
        features.addRepository(URI.create(repository));
    }

    private List<String> ours() throws Exception {
        return Stream.of(features.listFeatures())
                .filter(feature -> feature.getName().startsWith("bellwire"))
                .map(Feature::getName)
                .sorted()
                .toList();
    }

    private void install(List<String> names) throws Exception {
        features.installFeatures(Set.copyOf(names), EnumSet.noneOf(FeaturesService.Option.class));
    }

    private void uninstall(List<String> names) throws Exception {
        features.uninstallFeatures(Set.copyOf(names), EnumSet.noneOf(FeaturesService.Option.class));
    }

    @Test
    public void every_feature_installs_and_leaves_nothing_behind() throws Exception {
        assertTrue(ours().toString(), ours().containsAll(List.of("bellwire", "bellwire-auerswald", "bellwire-htek")));
        for (String name : ours()) {
            install(List.of(name));
            assertEquals(name + ": bundles that do not run", Set.of(), idle());
            uninstall(List.of(name));
            assertEquals(name + ": bundles that stayed", Set.of(), present());
        }
    }

    @Test
    public void all_features_together_offer_every_service() throws Exception {
        install(ours());
        try {
            assertEquals("bundles that do not run", Set.of(), idle());
            for (String port : PORTS) {
                assertEquals(port, 1, services(port));
            }
            long bindings = present().stream()
                    .filter(name -> name.contains(".binding-"))
                    .count();
            assertTrue("at least two vendors: " + bindings, bindings >= 2);
            assertEquals(bindings, services(BINDING));
        } finally {
            uninstall(ours());
        }
    }

    @Test
    public void installing_again_and_again_keeps_the_number_of_threads() throws Exception {
        install(ours());
        uninstall(ours());
        Set<String> before = threads();
        for (int i = 0; i < ROUNDS; i++) {
            install(ours());
            Set<String> started = new TreeSet<>(threads());
            started.removeAll(before);
            assertFalse("threads of ours while all is installed", started.isEmpty());
            uninstall(ours());
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!before.containsAll(threads()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        Set<String> stayed = new TreeSet<>(threads());
        stayed.removeAll(before);
        assertEquals("threads that stayed", Set.of(), stayed);
    }

    @Test
    public void web_container_that_comes_serves_the_probes_and_restarts_nothing_of_ours() throws Exception {
        install(List.of("bellwire"));
        List<String> stopped = new CopyOnWriteArrayList<>();
        BundleListener listener = event -> {
            if (event.getType() == BundleEvent.STOPPED
                    && present().contains(event.getBundle().getSymbolicName())) {
                stopped.add(event.getBundle().getSymbolicName());
            }
        };
        try {
            context.addBundleListener(listener);
            assertTrue(answers(true));
            install(List.of("http"));
            assertTrue("the web container has its port, and the probes with it", answers(false));
            assertEquals("bundles that restarted", List.of(), stopped);
            context.removeBundleListener(listener);
            uninstall(List.of("http"));
            assertTrue("the port is our own again", answers(true));
        } finally {
            context.removeBundleListener(listener);
            uninstall(List.of("bellwire"));
        }
    }

    /** Whether probes are answered in time, by ours or by the container: ours has no page for what there is not. */
    private static boolean answers(boolean ours) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            try {
                String absent = get("/there-is-no-such-page");
                if (get("/health").contains("\"status\":") && absent.isEmpty() == ours) {
                    return true;
                }
            } catch (IOException e) {
                LockSupport.parkNanos(POLL_NANOS); // the port changes its owner
            }
        }
        return false;
    }

    /** The body, whatever the status is. */
    private static String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("bellwire.web") + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The names of the threads that somebody of ours or of ours' libraries started. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(?i).*(bellwire|mqtt|jetty|qtp|mvstore).*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private int services(String type) throws InvalidSyntaxException {
        var references = context.getAllServiceReferences(type, null);
        return references == null ? 0 : references.length;
    }

    /** Our bundles. */
    private Set<String> present() {
        return Stream.of(context.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith("org.bellwire."))
                .collect(Collectors.toSet());
    }

    /** Bundles of ours and of their libraries that should run and do not. */
    private Set<String> idle() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith("org.bellwire."))
                .collect(Collectors.toSet());
    }
}
