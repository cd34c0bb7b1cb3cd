package org.bellwire.binding.grandstream;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class GrandstreamBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new GrandstreamBinding();
    }
}
