package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Pem;
import org.bellwire.api.config.TlsIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {

    private static final String FILE = "org.bellwire.x.cfg";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path dir = Path.of("");

    private Path certificate() {
        return dir.resolve("own.pem");
    }

    private Path key() {
        return dir.resolve("own.key");
    }

    private Cfg cfg() {
        return Cfg.of(FILE, Map.of("tls.certificate", certificate().toString(), "tls.key", key().toString()));
    }

    private void make(String algorithm) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = dir.resolve("own.p12");
        String command = "-genkeypair -alias own -keyalg " + algorithm + " -dname CN=x -storetype PKCS12 -storepass "
                + new String(PASSWORD) + " -keystore " + store;
        ProcessBuilder keytool = new ProcessBuilder(command.split(" "));
        keytool.command()
                .add(
                        0,
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString());
        assertThat(keytool.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        pem(certificate(), "CERTIFICATE", keys.getCertificate("own").getEncoded());
        pem(key(), "PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    @ParameterizedTest
    @CsvSource({"RSA,RSA", "EC,EC", "Ed25519,EdDSA"})
    void certificate_and_its_key_are_an_identity(String algorithm, String name) throws Exception {
        make(algorithm);
        Cfg cfg = cfg();
        Optional<TlsIdentity> identity = TlsIdentity.of(cfg);
        assertThatCode(cfg::check).doesNotThrowAnyException();
        KeyStore store = identity.orElseThrow().store();
        assertThat(store.getKey("own", new char[0]).getAlgorithm()).isEqualTo(name);
        assertThat(store.getCertificateChain("own")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"EC,EC", "EC,RSA"})
    void key_of_another_certificate_is_told(String certificate, String other) throws Exception {
        make(certificate);
        pem(
                key(),
                "PRIVATE KEY",
                KeyPairGenerator.getInstance(other)
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        Cfg cfg = cfg();
        assertThat(TlsIdentity.of(cfg)).isEmpty();
        assertThatThrownBy(cfg::check)
                .hasMessage(
                        FILE + ": tls.key: " + key() + " is not the key of the first certificate in " + certificate());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_file_may_hold_the_key_and_the_certificate_in_any_order_and_more(boolean keyFirst) throws Exception {
        make("EC");
        String own = Files.readString(certificate());
        String secret = Files.readString(key());
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        String one = "Bag Attributes\n  friendlyName: own\n" + parameters + (keyFirst ? secret + own : own + secret)
                + "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n" + own + secret;
        Files.writeString(certificate(), one);
        Files.writeString(key(), one.replace("\n", "\r\n"));
        Cfg cfg = cfg();
        KeyStore store = TlsIdentity.of(cfg).orElseThrow().store();
        assertThatCode(cfg::check).doesNotThrowAnyException();
        assertThat(store.getCertificateChain("own")).hasSize(1);
        assertThat(Pem.certificates(key())).hasSize(1);
        Files.write(certificate(), Pem.certificates(key()).get(0).getEncoded());
        assertThat(Pem.certificates(certificate())).as("in binary form").hasSize(1);
    }

    @Test
    void file_without_a_certificate_or_a_sensible_size_is_told() throws Exception {
        make("EC");
        assertThatThrownBy(() -> Pem.certificates(key()))
                .hasMessage(key() + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        Files.writeString(certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> Pem.certificates(certificate()))
                .hasMessageContaining(certificate() + " holds a broken certificate");
        try (RandomAccessFile huge = new RandomAccessFile(certificate().toFile(), "rw")) {
            huge.setLength(5L << 30);
        }
        assertThatThrownBy(() -> Pem.certificates(certificate())).hasMessageContaining("larger than 4 MB");
    }

    @Test
    void neither_is_no_identity_and_no_fault() {
        Cfg cfg = Cfg.of(FILE, Map.of());
        assertThat(TlsIdentity.of(cfg)).isEmpty();
        assertThatCode(cfg::check).doesNotThrowAnyException();
    }

    @Test
    void one_without_the_other_is_told() throws Exception {
        make("EC");
        Cfg cfg = Cfg.of(FILE, Map.of("tls.key", key().toString()));
        assertThat(TlsIdentity.of(cfg)).isEmpty();
        assertThatThrownBy(cfg::check)
                .hasMessage(FILE + ": tls.certificate: is missing: certificate and key go together");
    }

    @Test
    void files_that_are_not_there_or_hold_something_else_are_told() throws Exception {
        Files.writeString(key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        Cfg cfg = cfg();
        assertThat(TlsIdentity.of(cfg)).isEmpty();
        assertThatThrownBy(cfg::check)
                .hasMessageContaining("tls.certificate: " + certificate() + " does not exist")
                .hasMessageContaining("tls.key: " + key() + " holds no unencrypted PKCS#8 key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PRIVATE KEY----- MC4CAQAw", "MC4CAQAw\0", "@LONG@"})
    void key_in_the_place_of_its_file_is_not_shown(String text) {
        String key = text.replace("@LONG@", "MC4CAQAw".repeat(40));
        Cfg cfg = Cfg.of("x.cfg", Map.of("tls.key", key));
        assertThat(Pem.file(cfg, "tls.key", Pem::key)).isEmpty();
        assertThatThrownBy(cfg::check)
                .hasMessageContaining("tls.key: must be the name of a file")
                .hasMessageNotContaining("MC4CAQAw");
    }
}
