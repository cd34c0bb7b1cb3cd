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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Our own distribution, seen from inside the container. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@SuppressWarnings("NullAway.Init")
public final class AssemblyIT {

    /** What the distribution has and does not start, and what only others need. */
    private static final Set<String> NOT_INSTALLED = Set.of("bellwire-simulator", "bellwire-cluster", "bellwire-jetty");

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    /** There once all features that the distribution starts with are: no test begins before. */
    @Inject
    @SuppressWarnings("UnusedVariable")
    private BootFinished finished;

    /** The container: the built archive, with ports of its own and one phone. */
    @Configuration
    public Option[] ownDistribution() {
        String maven = "etc/org.ops4j.pax.url.mvn.cfg";
        String ingress = String.valueOf(Loopback.freePort());
        String broker = String.valueOf(Loopback.freePort());
        String page = String.valueOf(Loopback.freePort());
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(Distribution.archive().toUri().toString())
                    .karafVersion(System.getProperty("karaf.version", ""))
                    .name("Bellwire")
                    .unpackDirectory(Scratch.folder("assembly").toFile())
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            // Where Pax Exam's own bundles are.
            editConfigurationFilePut(
                    maven, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("maven.repository", "")),
            editConfigurationFilePut("etc/org.bellwire.console.cfg", "port", page),
            editConfigurationFilePut("etc/org.bellwire.ingress.cfg", "host", "127.0.0.1"),
            editConfigurationFilePut("etc/org.bellwire.ingress.cfg", "port", ingress),
            editConfigurationFilePut("etc/org.bellwire.ingress.cfg", "token", Distribution.TOKEN),
            editConfigurationFilePut("etc/org.bellwire.broker.cfg", "port", broker),
            editConfigurationFilePut("etc/org.bellwire.mqtt.cfg", "url", "tcp://127.0.0.1:" + broker),
            editConfigurationFilePut("etc/org.bellwire.phone-lobby.cfg", "vendor", "htek"),
            editConfigurationFilePut("etc/org.bellwire.phone-lobby.cfg", "mac", "001fc1000601"),
            vmOptions(
                    "-Dbellwire.test.ingress=" + ingress,
                    "-Dbellwire.test.broker=" + broker,
                    "-Dbellwire.test.page=" + page,
                    "-Xmx128m",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    // Pax Exam talks to its bundle by RMI.
                    "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                    "-classpath",
                    "lib/agent/*:lib/boot/*:lib/jdk9plus/*"),
        };
    }

    @Test
    public void every_bundle_runs() {
        Set<String> idle = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .filter(name -> name.startsWith("org.bellwire."))
                .collect(Collectors.toSet());
        assertEquals("bundles that do not run", Set.of(), idle);
    }

    /** By its own name, not by way of another feature: only so it can be uninstalled. */
    @Test
    public void every_feature_is_installed_and_each_vendor_can_be_uninstalled() throws Exception {
        List<Feature> ours = Stream.of(features.listFeatures())
                .filter(feature -> feature.getName().startsWith("bellwire"))
                .filter(feature -> !NOT_INSTALLED.contains(feature.getName()))
                .toList();
        assertTrue(ours.size() > 2);
        for (Feature feature : ours) {
            assertTrue(feature.getName(), features.isInstalled(feature));
            assertTrue(feature.getName(), features.isRequired(feature));
        }
        Feature vendor = ours.stream()
                .filter(feature -> feature.getDescription().startsWith("Phones: "))
                .filter(feature -> !feature.getName().equals("bellwire-htek"))
                .findFirst()
                .orElseThrow();
        features.uninstallFeature(vendor.getName());
        assertFalse(features.isInstalled(vendor));
        features.installFeature(vendor.getName());
        assertTrue(features.isInstalled(vendor));
    }

    @Test
    public void page_goes_and_comes_back_and_probes_are_answered_all_the_time() throws Exception {
        assertTrue("the page is there", awaits("/", "<title>Bellwire"));
        features.uninstallFeature("bellwire-console");
        assertTrue("probes are at a port of their own again", awaits("/health", "\"status\""));
        assertFalse("a page without its feature", page("/").contains("<title>Bellwire"));
        features.installFeature("bellwire-console");
        assertTrue("the page is there again", awaits("/", "<title>Bellwire"));
        assertTrue("probes beside it", awaits("/health", "\"status\""));
    }

    private static boolean awaits(String path, String text) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            try {
                if (page(path).contains(text)) {
                    return true;
                }
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000L); // the port changes its owner
            }
        }
        return false;
    }

    private static String page(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("bellwire.test.page") + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    public void event_of_a_phone_reaches_the_broker() throws Exception {
        String broker = "tcp://127.0.0.1:" + System.getProperty("bellwire.test.broker");
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (MqttClient client = new MqttClient(broker, "assembly-test", new MemoryPersistence())) {
            client.connect();
            client.subscribe(
                    "bellwire/lobby/event/hook_off",
                    1,
                    (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
            assertEquals(200, report());
            String event = heard.poll(60, TimeUnit.SECONDS);
            assertTrue(event, String.valueOf(event).contains("\"phone\":\"lobby\""));
            client.disconnect();
        }
    }

    /** A phone that is off hook says so. */
    private static int report() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("bellwire.test.ingress") + "/action/htek/"
                + Distribution.TOKEN + "/Offhook?mac=001fc1000601");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
