package org.bellwire.line;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access.Authentication;
import org.bellwire.api.spi.AnswerTable;

/** Says what an answer, or its absence, means for the command, and to a person what to change. */
record ResponseJudge(Address to, LineSettings settings) {

    private static final int MAX_REASON = 200;

    Answer of(HttpResponse heard) {
        return to.access()
                .answers()
                .find(heard.status(), heard.page())
                .map(row -> meant(row, heard.status()))
                .orElseGet(() -> usual(heard));
    }

    private static Answer meant(AnswerTable.Row row, int status) {
        return switch (row.meaning()) {
            case SUCCESS -> Answer.of(Kind.OK, status);
            case UNAUTHORIZED -> Answer.of(Kind.UNAUTHORIZED, status, row.hint());
            case FAILURE -> Answer.of(Kind.FAILED, status, row.hint());
        };
    }

    private Answer usual(HttpResponse heard) {
        int status = heard.status();
        if (status == 401) {
            return Answer.of(Kind.UNAUTHORIZED, status, challenged(heard.challenges()));
        }
        if (status == 403) {
            return Answer.of(
                    Kind.UNAUTHORIZED,
                    status,
                    refusal() + "; and check that the phone allows remote control from this gateway's address");
        }
        if (heard.isRedirect()) {
            return redirect(status, heard.location().orElse(""));
        }
        if (!heard.isSuccess()) {
            return Answer.of(Kind.FAILED, status, "the phone answered " + status);
        }
        return LoginPage.isForm(heard.page())
                ? Answer.of(Kind.UNAUTHORIZED, status, "the phone shows its login page: " + refusal())
                : Answer.of(Kind.OK, status);
    }

    private Answer redirect(int status, String location) {
        if (LoginPage.isPlace(location)) {
            return Answer.of(Kind.UNAUTHORIZED, status, "the phone sends to its login page: " + refusal());
        }
        String place = location.toLowerCase(Locale.ROOT).startsWith("https:") && to.scheme() == Scheme.HTTP
                ? "https; set scheme = https in " + file()
                : "another place, which is never followed; check host, port and scheme in " + file();
        return Answer.of(Kind.FAILED, status, "the phone redirects to " + place);
    }

    private String challenged(Challenges challenges) {
        if (to.access().authentication() == Authentication.PASSWORD) {
            Optional<String> unknown = challenges.unknown();
            if (unknown.isPresent()) {
                return "the phone asks for " + unknown.get()
                        + ", which Bellwire does not know: set the phone to Digest (MD5 or SHA-256, qop auth) or Basic";
            }
            if (challenges.offersUserHash() && Credentials.of(to).first().isPresent()) {
                return refusal() + "; if they are right, switch off userhash on the phone, which Bellwire does not do";
            }
        }
        return refusal();
    }

    private String refusal() {
        if (to.access().authentication() == Authentication.PASSWORD_IN_TARGET) {
            return "the phone refuses password of " + file();
        }
        boolean shown = Credentials.of(to).first().isPresent();
        if (to.access().authentication() == Authentication.BEARER) {
            return shown
                    ? "the phone refuses api.token of " + file()
                    : "the phone asks for a token: set api.token in " + file();
        }
        if (to.access().authentication() == Authentication.NONE) {
            return "the phone asks for a password, and this vendor's phones take none: switch that off on the phone";
        }
        return shown
                ? "the phone refuses user and password of " + file()
                : "the phone asks for a password: set user and password in " + file();
    }

    Answer of(Throwable failure) {
        if (failure instanceof ResponseParser.NotHttp) {
            return Answer.of(Kind.FAILED, where() + " does not answer in HTTP: check port and scheme in " + file());
        }
        if (failure instanceof ResponseParser.TooLong || failure instanceof TlsStream.TooMuch) {
            return Answer.of(Kind.FAILED, where() + ": " + failure.getMessage());
        }
        return Answer.of(
                Kind.UNREACHABLE,
                UntrustedCertificateException.in(failure).map(this::certificate).orElseGet(() -> reason(failure)));
    }

    private String certificate(UntrustedCertificateException found) {
        return to.pin().isPresent()
                ? "the phone's certificate changed: its SHA-256 is now " + found.fingerprint()
                        + ". If that is the phone's new certificate, set tls.pin to it in " + file()
                : "the phone's certificate is not trusted (" + plain(found)
                        + "). If it is the phone's own, set tls.pin = " + found.fingerprint() + " in " + file();
    }

    private String reason(Throwable failure) {
        if (failure instanceof SocketTimeoutException) {
            return "no connection to " + where() + " within " + settings.connectMs() + " ms";
        }
        if (failure instanceof TimeoutException) {
            return "no complete answer from " + where() + " within " + settings.wholeMs() + " ms";
        }
        if (failure instanceof UnknownHostException) {
            return "the name " + to.host() + " is not known: check host in " + file();
        }
        if (failure instanceof ConnectException) {
            return where() + " refuses connections: check host and port in " + file() + ", and that the phone is on";
        }
        if (failure instanceof EOFException) {
            return where() + " closed the connection without an answer";
        }
        if (failure instanceof SSLException) {
            return "no TLS with " + where() + " (" + plain(failure) + "): check scheme and port in " + file();
        }
        if (failure instanceof RequestNotSentException) {
            return "not sent to " + where() + ": " + failure.getMessage();
        }
        if (failure instanceof AsynchronousCloseException) {
            return "no answer from " + where() + ": Bellwire is stopping";
        }
        if (failure instanceof IOException) {
            return "no connection to " + where() + ": " + plain(failure);
        }
        return "a fault of Bellwire on the way to " + where() + ", which its log tells more about";
    }

    /** A reason may repeat what a phone sent: no more than a line of it, without control characters. */
    private static String plain(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", " ");
        return message.substring(0, Math.min(message.length(), MAX_REASON));
    }

    private String where() {
        String host = to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host();
        return host + ":" + to.port();
    }

    private String file() {
        return "org.bellwire.phone-" + to.phone() + ".cfg";
    }
}
