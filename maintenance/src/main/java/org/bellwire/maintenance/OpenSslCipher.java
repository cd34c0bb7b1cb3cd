package org.bellwire.maintenance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What {@code openssl enc -aes-256-cbc -md sha256 -pbkdf2 -iter 600000} writes and, with {@code -d}, reads: so a backup can be opened
 * without Bellwire.
 */
final class OpenSslCipher {

    /** As many as are advised for PBKDF2 with SHA-256: some tenths of a second for each guess. */
    static final int ITERATIONS = 600_000;

    private static final byte[] MARK = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 8;
    private static final int KEY = 32;
    private static final int IV = 16;

    private OpenSslCipher() {}

    static OutputStream encrypting(OutputStream out, char[] passphrase, int iterations) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        out.write(MARK);
        out.write(salt);
        return new CipherOutputStream(out, cipher(Cipher.ENCRYPT_MODE, passphrase, salt, iterations));
    }

    /** With a wrong passphrase what comes out is noise. */
    static InputStream decrypting(InputStream in, char[] passphrase, int iterations) throws IOException {
        byte[] head = in.readNBytes(MARK.length + SALT);
        if (head.length < MARK.length + SALT || !Arrays.equals(MARK, Arrays.copyOf(head, MARK.length))) {
            throw new EOFException("it does not begin as such a file does");
        }
        byte[] salt = Arrays.copyOfRange(head, MARK.length, head.length);
        return new CipherInputStream(in, cipher(Cipher.DECRYPT_MODE, passphrase, salt, iterations));
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] salt, int iterations) throws IOException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, (KEY + IV) * Byte.SIZE);
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(derived, 0, KEY, "AES"), new IvParameterSpec(derived, KEY, IV));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no AES with PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }
}
