package org.bellwire.binding.akuvox;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class AkuvoxBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new AkuvoxBinding();
    }
}
