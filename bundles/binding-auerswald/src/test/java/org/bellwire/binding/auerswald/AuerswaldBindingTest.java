package org.bellwire.binding.auerswald;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class AuerswaldBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new AuerswaldBinding();
    }
}
