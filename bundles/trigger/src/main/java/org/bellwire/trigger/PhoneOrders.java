package org.bellwire.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.Result;

/** What a run asks of the phones and of time. All that comes back comes on the triggers' thread. */
interface PhoneOrders {

    /** Tells a phone to do something; {@code then} gets the first result, at the latest when one is not to be expected any more. */
    void order(PhoneId phone, String command, String payload, Consumer<Result> then);

    /** What is known of the phone. */
    Map<Property, String> states(PhoneId phone);

    /** Does this later, unless it is cancelled. */
    Alarm after(Duration time, Runnable action);

    /** Something that will be done. */
    interface Alarm {
        Alarm NONE = () -> {};

        void cancel();
    }
}
