package org.bellwire.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.SimulatedPhones.Simulated;
import org.bellwire.api.spi.PhoneBinding;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, one simulated phone. A changed file, or a vendor that comes or goes, switches the phone off and on. */
@Component(
        service = Simulator.class,
        immediate = true,
        configurationPid = "org.bellwire.simulator",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Simulator {

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private final List<PhoneBinding> bindings;
    private final Gateway gateway;
    private final Optional<SimulatorSettings> settings;
    private volatile Optional<SimulatedPhone> phone = Optional.empty();

    @Activate
    public Simulator(
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<PhoneBinding> bindings,
            @Reference Gateway gateway,
            Map<String, ?> properties) {
        this.bindings = bindings;
        this.gateway = gateway;
        settings = read(properties);
    }

    /** Opens the phone's port and lets it report its start. */
    @Activate
    void switchOn() {
        phone = settings.flatMap(this::simulate);
        phone.ifPresent(SimulatedPhone::boot);
    }

    private static Optional<SimulatorSettings> read(Map<String, ?> properties) {
        LastGoodSettings<Optional<SimulatorSettings>> file = new LastGoodSettings<>(
                Optional.empty(), values -> Optional.of(SimulatorSettings.read(values)), LOG::warn);
        file.read(properties, "no phone is simulated");
        return file.now();
    }

    private Optional<SimulatedPhone> simulate(SimulatorSettings settings) {
        Optional<PhoneBinding> binding = bindings.stream()
                .filter(known -> known.info().id().equals(settings.vendor()))
                .findFirst();
        if (binding.isEmpty()) {
            LOG.warn(
                    "{}: vendor: '{}' is not installed: feature:install bellwire-{}",
                    settings.file(),
                    settings.vendor(),
                    settings.vendor());
            return Optional.empty();
        }
        try {
            SimulatedPhone phone = new SimulatedPhone(
                    binding.get(), settings.profile(), () -> gateway.ownActionUrl(settings.vendor()));
            Simulated place = phone.place();
            LOG.info(
                    "{}: simulated at {}:{}{}",
                    place.phone(),
                    place.address(),
                    place.port(),
                    place.pin().map(pin -> ", tls.pin = " + pin).orElse(""));
            return Optional.of(phone);
        } catch (IOException e) {
            LOG.warn(
                    "{}: port: {} cannot be listened on at {}: choose another port (below 1024 only root may)",
                    settings.file(),
                    e.getMessage(),
                    settings.profile().address().getHostAddress());
            return Optional.empty();
        }
    }

    @Deactivate
    void switchOff() throws IOException {
        if (phone.isPresent()) {
            phone.get().close();
        }
    }

    /** The phone, if the file is right. */
    Optional<SimulatedPhone> phone() {
        return phone;
    }
}
