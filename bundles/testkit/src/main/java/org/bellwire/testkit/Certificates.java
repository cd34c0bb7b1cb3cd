package org.bellwire.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Makes self-signed certificates and keys as PEM files, with the JDK's own tool. */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path dir;

    /** Makes them in this folder. */
    public Certificates(Path dir) {
        this.dir = dir;
    }

    /** The file of a certificate. */
    public Path certificate(String name) {
        return dir.resolve(name + ".pem");
    }

    /** The file of its key. */
    public Path key(String name) {
        return dir.resolve(name + ".key");
    }

    /**
     * Makes one that is its own authority, or makes it anew.
     *
     * @param subject such as {@code dns:localhost} or {@code ip:127.0.0.1}
     */
    public void make(String name, String subject) throws Exception {
        Path store = dir.resolve(name + ".p12");
        Files.deleteIfExists(store);
        String command = "-genkeypair -alias own -keyalg EC -groupname secp256r1 -validity 2 -storetype PKCS12"
                + " -ext bc:c -ext san=" + subject + " -dname CN=" + name + " -storepass " + PASSWORD + " -keystore "
                + store;
        keytool(command.split(" "));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(certificate(name), "CERTIFICATE", keys.getCertificate("own").getEncoded());
        pem(key(name), "PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.command()
                .add(
                        0,
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
