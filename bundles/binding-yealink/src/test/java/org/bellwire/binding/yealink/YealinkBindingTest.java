package org.bellwire.binding.yealink;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class YealinkBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new YealinkBinding();
    }
}
