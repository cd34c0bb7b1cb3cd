package org.bellwire.api.port;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Scheme;
import org.bellwire.api.config.Secret;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Credential;
import org.bellwire.api.spi.PhoneRequest;
import org.osgi.annotation.versioning.ProviderType;

/** The way to a phone: sends one request and tells what came of it. Implemented by line, used by core. Nothing blocks. */
@ProviderType
public interface PhoneClient {

    /**
     * Sends a request. Redirects are never followed; a request is never repeated, but for {@link Access#repeatsUnauthorized()}
     * and where a phone asks for Digest, with one fresh nonce at most. Never completes exceptionally.
     */
    CompletionStage<Answer> send(Address to, PhoneRequest request);

    /** As {@link #send}, where what the phone answers is wanted as far as 1 MiB. */
    default CompletionStage<Answer> fetch(Address to, PhoneRequest request) {
        return send(to, request);
    }

    /**
     * As {@link #send}, where the phone answers only when something has happened (a long poll), and up to 256 KiB of what it says are
     * wanted.
     *
     * @param waitS how much longer than for {@link #send} the answer may take, in seconds
     * @param enough when it completes, the answer is not wanted any more: the connection is closed
     */
    default CompletionStage<Answer> poll(Address to, PhoneRequest request, int waitS, CompletionStage<?> enough) {
        return send(to, request);
    }

    /** Completes with true when a TCP connection to the phone came about. Never completes exceptionally. */
    CompletionStage<Boolean> probe(Address to);

    /**
     * Where a phone is, from its file only.
     *
     * @param phone the phone's id, for messages
     * @param host a name or an address; IPv6 without brackets
     * @param pin SHA-256 of the phone's certificate, 64 hexadecimal digits in lower case
     */
    record Address(
            String phone,
            Scheme scheme,
            String host,
            int port,
            Access access,
            Optional<String> user,
            Optional<Secret> password,
            Optional<Secret> apiToken,
            Optional<String> pin) {

        /** What the phone's file holds of a credential. */
        public Optional<String> reveal(Credential credential) {
            return switch (credential) {
                case USER -> user;
                case PASSWORD -> password.map(Secret::reveal);
                case API_TOKEN -> apiToken.map(Secret::reveal);
            };
        }
    }

    /**
     * What came of a request.
     *
     * @param body how the body of a success begins, some KB at most; never shown, since a phone may repeat the request in it
     */
    record Answer(Kind kind, OptionalInt httpStatus, Optional<String> detail, String body) {
        public static Answer of(Kind kind, int httpStatus) {
            return new Answer(kind, OptionalInt.of(httpStatus), Optional.empty(), "");
        }

        public static Answer of(Kind kind, int httpStatus, String detail) {
            return new Answer(kind, OptionalInt.of(httpStatus), Optional.of(detail), "");
        }

        public static Answer of(Kind kind, String detail) {
            return new Answer(kind, OptionalInt.empty(), Optional.of(detail), "");
        }

        /** The same, with what the phone wrote. */
        public Answer saying(String text) {
            return new Answer(kind, httpStatus, detail, text);
        }

        @Override
        public String toString() {
            return "Answer[" + kind + " " + httpStatus + " " + detail + "]";
        }
    }

    /** Success, refusal of the credentials, any other answer, none. */
    enum Kind {
        OK,
        UNAUTHORIZED,
        FAILED,
        UNREACHABLE
    }
}
