package org.bellwire.binding.sangoma;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class SangomaBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new SangomaBinding();
    }
}
