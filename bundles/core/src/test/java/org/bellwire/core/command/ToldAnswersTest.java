package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.api.CommandName;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.SentRequest;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.core.publish.PhoneListeners;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldAnswersTest {

    private static final PhoneRequest REQUEST = new PhoneRequest("/dial");
    private static final Answer OK = Answer.of(Kind.OK, 200).saying("what the phone wrote");

    private final CommandScene scene = new CommandScene();
    private final List<SentRequest> heard = new ArrayList<>();
    private final List<String> next = new ArrayList<>();
    private final PhoneListener listener = new PhoneListener() {
        @Override
        public void sent(SentRequest request) {
            heard.add(request);
        }
    };

    private ToldAnswers to(Scheme scheme, String host) {
        return new ToldAnswers(
                PhoneListeners.of(listener),
                scene.time.timing(),
                scene.pending(CommandName.DIAL, "42").order(),
                CommandScene.at(Access.http(Access.Authentication.NONE), scheme, host),
                new RequestSequence.AnswerListener() {
                    @Override
                    public void asking() {
                        next.add("asking");
                    }

                    @Override
                    public void answered(PhoneRequest request, Answer answer) {
                        next.add(request.target() + " " + answer.body());
                    }
                });
    }

    @Test
    void request_is_told_with_when_it_went_out_and_how_long_it_took() {
        ToldAnswers told = to(Scheme.HTTP, "192.0.2.1");
        scene.time.pass(Duration.ofSeconds(5));
        told.asking();
        scene.time.pass(Duration.ofMillis(250));
        told.answered(REQUEST, OK);
        SentRequest sent = heard.get(0);
        assertThat(sent.time()).isEqualTo(ManualTime.START.plusSeconds(5));
        assertThat(sent.tookMs()).isEqualTo(250);
        assertThat(sent.phone().value()).isEqualTo("lobby");
        assertThat(sent.request()).isEqualTo(REQUEST);
        assertThat(sent.answer().body()).isEmpty();
    }

    @Test
    void who_else_wants_to_know_gets_the_whole_answer() {
        ToldAnswers told = to(Scheme.HTTP, "192.0.2.1");
        told.asking();
        told.answered(REQUEST, OK);
        assertThat(next).containsExactly("asking", "/dial what the phone wrote");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP,192.0.2.1,http://192.0.2.1:8080",
        "HTTPS,phone.example,https://phone.example:8080",
        "HTTPS,2001:db8::1,https://[2001:db8::1]:8080",
        "HTTP,::1,http://[::1]:8080"
    })
    void phone_is_named_by_its_url(Scheme scheme, String host, String base) {
        to(scheme, host).answered(REQUEST, OK);
        assertThat(heard).extracting(SentRequest::base).containsExactly(base);
    }
}
