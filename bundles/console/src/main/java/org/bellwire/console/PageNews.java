package org.bellwire.console;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;
import org.bellwire.api.port.PhoneEvent;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Refusal;
import org.bellwire.api.port.RefusalListener;
import org.bellwire.api.port.SentRequest;
import org.bellwire.console.stream.Viewers;
import org.bellwire.console.view.RefusedRequests;
import org.bellwire.console.view.StreamJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears what happens, and tells those who look on. */
@Component(
        service = {PageNews.class, PhoneListener.class, RefusalListener.class},
        immediate = true)
public final class PageNews implements PhoneListener, RefusalListener {

    private final Console console;
    private final Viewers viewers;
    private final RefusedRequests refused;

    @Activate
    public PageNews(@Reference Console console) {
        this.console = console;
        viewers = console.viewers();
        refused = new RefusedRequests(console.mask(), Clock.systemUTC(), System::nanoTime);
    }

    /** What the page shows is to be loaded anew: much of it is another at once. */
    void reload() {
        viewers.tell("reset", "{}");
    }

    @Override
    public void changed(PhoneId phone) {
        viewers.tell("phone", StreamJson.phone(phone.value(), "changed"));
    }

    @Override
    public void gone(PhoneId phone) {
        console.history().forget(phone.value());
        viewers.tell("phone", StreamJson.phone(phone.value(), "gone"));
    }

    @Override
    public void availability(PhoneId phone, boolean online) {
        viewers.tell("phone", StreamJson.availability(phone.value(), online));
    }

    @Override
    public void states(PhoneId phone, Map<Property, String> changes) {
        viewers.tell("phone", StreamJson.states(phone.value(), changes));
    }

    @Override
    public void event(PhoneEvent event) {
        String json = event.message().payload();
        String phone = event.message().phone().value();
        console.history().add(phone, json);
        console.seen().add(phone, StreamJson.vendorEvent(json));
        viewers.tell("event", json);
    }

    @Override
    public void sent(SentRequest request) {
        viewers.tell("sent", StreamJson.sent(request, console.mask()));
    }

    @Override
    public void result(Result result) {
        viewers.tell("result", StreamJson.result(result));
    }

    @Override
    public void refused(InetAddress peer, int httpStatus, Optional<Refusal> reason, byte[] target) {
        refused.next(peer, httpStatus, reason, target).ifPresent(json -> viewers.tell("refused", json));
    }
}
