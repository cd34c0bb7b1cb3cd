package org.bellwire.binding.doorbird;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class DoorbirdBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new DoorbirdBinding();
    }

    /** The station fills nothing in: it is known by its own token, its address or {@code phone=}. */
    @Override
    protected boolean tellsMac() {
        return false;
    }
}
