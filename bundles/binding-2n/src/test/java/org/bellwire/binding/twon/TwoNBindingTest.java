package org.bellwire.binding.twon;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class TwoNBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new TwoNBinding();
    }

    /** The station fills nothing in: it is known by its own token, its address or {@code phone=}. */
    @Override
    protected boolean tellsMac() {
        return false;
    }
}
