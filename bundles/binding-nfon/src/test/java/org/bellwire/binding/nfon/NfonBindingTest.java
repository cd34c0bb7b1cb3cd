package org.bellwire.binding.nfon;

import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class NfonBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new NfonBinding();
    }

    @Override
    protected boolean tellsMac() {
        return false;
    }
}
