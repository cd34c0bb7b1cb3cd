package org.bellwire.binding.flyingvoice;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class FlyingvoiceBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new FlyingvoiceBinding();
    }
}
