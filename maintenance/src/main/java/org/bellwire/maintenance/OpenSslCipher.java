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

    private final char[] passphrase;
    private final int iterations;
    /** What was derived last, since a file is read several times. */
    private byte[] salt = {};

    private byte[] derived = {};

    OpenSslCipher(char[] passphrase, int iterations) {
        this.passphrase = passphrase.clone();
        this.iterations = iterations;
    }

    OutputStream encrypting(OutputStream out) throws IOException {
        byte[] fresh = new byte[SALT];
        new SecureRandom().nextBytes(fresh);
        out.write(MARK);
        out.write(fresh);
        return new CipherOutputStream(out, cipher(Cipher.ENCRYPT_MODE, fresh));
    }

    /** With a wrong passphrase what comes out is noise. */
    InputStream decrypting(InputStream in) throws IOException {
        byte[] head = in.readNBytes(MARK.length + SALT);
        if (head.length < MARK.length + SALT || !Arrays.equals(MARK, Arrays.copyOf(head, MARK.length))) {
            throw new EOFException("it does not begin as such a file does");
        }
        return new CipherInputStream(
                in, cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(head, MARK.length, head.length)));
    }

    private Cipher cipher(int mode, byte[] wanted) throws IOException {
        try {
            if (!Arrays.equals(salt, wanted)) {
                derived = derive(wanted);
                salt = wanted;
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(derived, 0, KEY, "AES"), new IvParameterSpec(derived, KEY, IV));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no AES with PBKDF2", e);
        }
    }

    private byte[] derive(byte[] wanted) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, wanted, iterations, (KEY + IV) * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }
}
