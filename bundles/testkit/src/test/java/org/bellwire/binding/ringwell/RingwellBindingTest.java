package org.bellwire.binding.ringwell;

import java.nio.file.Path;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.testkit.BindingContract;

class RingwellBindingTest extends BindingContract {

    @Override
    protected PhoneBinding binding() {
        return new RingwellBinding();
    }

    @Override
    protected Path readme() {
        return Path.of("src/test/resources/ringwell/README.md");
    }
}
