package org.bellwire.binding.fanvil;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class FanvilBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new FanvilBinding();
    }
}
