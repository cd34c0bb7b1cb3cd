package org.bellwire.ingress.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a request is answered: by a status alone, or by a document with it. */
public record HttpAnswer(int status, Optional<Document> document) {

    /**
     * What stands in the body.
     *
     * @param type such as {@code text/plain}; its charset is UTF-8
     */
    public record Document(String type, String content) {

        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }

        /** What it holds may be a secret. */
        @Override
        public String toString() {
            return "Document[" + type + "]";
        }
    }

    public static HttpAnswer of(int status) {
        return new HttpAnswer(status, Optional.empty());
    }

    public static HttpAnswer of(Document document) {
        return new HttpAnswer(ResponseBytes.OK, Optional.of(document));
    }
}
