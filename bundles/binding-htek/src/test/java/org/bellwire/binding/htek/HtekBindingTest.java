package org.bellwire.binding.htek;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class HtekBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new HtekBinding();
    }
}
