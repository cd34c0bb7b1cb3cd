package org.bellwire.binding.snom;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class SnomBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new SnomBinding();
    }
}
