package org.bellwire.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.bellwire.ingress.access.ActionTarget;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.RequestParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From bytes to variables. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class RequestBenchmark {

    private static final byte[] TARGET =
            ("/action/sangoma/benchTokenOfTwentyTwoChars/incoming-call?mac=00:1f:c1:1a:8b:6c"
                            + "&model=S505&call_id=a84b4c76e667&local=sip:101@10.0.0.1&remote=sip:42@10.0.0.9&display_remote=Peter Pan")
                    .getBytes(ISO_8859_1);

    private static final byte[] HEADERS = String.join(
                    "\r\n",
                    " HTTP/1.1",
                    "Host: 192.168.0.10:8087",
                    "User-Agent: Sangoma S505",
                    "Accept: */*",
                    "Connection: close",
                    "",
                    "")
            .getBytes(ISO_8859_1);

    private final RequestParser reader = new RequestParser();
    private final ByteBuffer bytes = ByteBuffer.allocate(RequestParser.CAPACITY);

    public RequestBenchmark() {
        bytes.put("GET ".getBytes(ISO_8859_1)).put(TARGET).put(HEADERS).flip();
    }

    @Benchmark
    public Object read() {
        bytes.rewind();
        Optional<RequestHead> head = reader.read(bytes);
        return head.orElseThrow();
    }

    @Benchmark
    public Object target() {
        return ActionTarget.parse(TARGET);
    }
}
