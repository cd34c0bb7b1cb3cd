package org.bellwire.api.port;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The configuration texts that phones fetch by themselves. Implemented by core, used by the ingress. Nothing here blocks. */
@ProviderType
public interface ProvisioningTexts {

    /** Finds a vendor's text by the file name that its phones ask for. */
    Found find(Request request);

    /**
     * What a phone asks for.
     *
     * @param token as sent; maybe wrong
     * @param siteToken the token is that of a site
     * @param file as sent
     * @param gateway the host that phones reach this gateway at
     * @param port that phones reach it at
     */
    record Request(String vendor, String token, boolean siteToken, String file, String gateway, int port) {

        @Override
        public String toString() {
            return "Request[" + vendor + "]";
        }
    }

    /**
     * What came of it.
     *
     * @param text there if and only if the reply is {@link Reply#ACCEPTED}
     */
    record Found(Reply reply, Optional<Text> text) {

        public static Found none(Reply why) {
            return new Found(why, Optional.empty());
        }
    }

    /** A text with URLs that hold the token which was asked with, and no other secret. */
    record Text(boolean xml, String content) {

        @Override
        public String toString() {
            return "Text[" + content.length() + "]";
        }
    }
}
