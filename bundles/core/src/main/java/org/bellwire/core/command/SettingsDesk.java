package org.bellwire.core.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.SettingsPush;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.Provisioning.EventUrl;
import org.bellwire.api.spi.SettingsPage;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.registry.PhoneRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the settings that make a phone report, where its vendor lets them be: in the phone's turn, one at a time. */
@Component(service = SettingsPush.class)
public final class SettingsDesk implements SettingsPush {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsDesk.class);
    private static final String NOBODY = "there is no such phone, or its file is wrong";

    private final PhoneRegistry registry;
    private final PhoneClient line;

    @Activate
    public SettingsDesk(@Reference PhoneRegistry registry, @Reference PhoneClient line) {
        this.registry = registry;
        this.line = line;
    }

    @Override
    public Optional<String> objection(String phone) {
        Optional<Phone> known = registry.index().byId(phone);
        if (known.isEmpty()) {
            return Optional.of(NOBODY);
        }
        if (known.get().binding().settingsPage().isEmpty()) {
            return Optional.of("not supported by this vendor: upload the file, or let the phone fetch it");
        }
        return known.get().address().isPresent()
                ? Optional.empty()
                : Optional.of("the phone's file has no host: set 'host' in org.bellwire.phone-" + phone + ".cfg");
    }

    @Override
    public Map<String, String> wanted(String phone, Gateway gateway) {
        Map<String, String> wanted = new LinkedHashMap<>();
        registry.index().byId(phone).ifPresent(known -> {
            PhoneBinding binding = known.binding();
            String token = known.settings()
                    .token()
                    .or(known.site()::token)
                    .orElseGet(gateway::token)
                    .reveal();
            String base = "http://" + gateway.host() + ":" + gateway.port() + "/action/"
                    + binding.info().id() + "/" + token;
            for (EventUrl event : binding.provisioning().urls(binding.events(), base)) {
                event.row().keys().stream().findFirst().ifPresent(key -> wanted.put(key, event.url()));
            }
        });
        return wanted;
    }

    @Override
    public CompletionStage<Present> read(String phone, Set<String> names) {
        return inTurn(
                        phone,
                        (page, to) -> line.fetch(to, page.request()).thenApply(answer -> {
                            if (answer.kind() != Kind.OK) {
                                return new Present(Map.of(), fault(answer));
                            }
                            Map<String, String> all =
                                    new LinkedHashMap<>(page.reader().read(answer.body()));
                            all.keySet().retainAll(names);
                            return new Present(all, Optional.empty());
                        }))
                .exceptionally(e -> new Present(Map.of(), Optional.of(broken(phone, e))));
    }

    @Override
    public CompletionStage<Optional<String>> write(String phone, String name, String value) {
        return inTurn(
                        phone,
                        (page, to) -> line.send(to, page.writer().write(name, value))
                                .thenApply(
                                        answer -> answer.kind() == Kind.OK ? Optional.<String>empty() : fault(answer)))
                .exceptionally(e -> Optional.of(broken(phone, e)));
    }

    private static Optional<String> fault(Answer answer) {
        return answer.detail().or(() -> Optional.of("the phone does not take it"));
    }

    /** Fails where the phone cannot be spoken to. */
    private <T> CompletionStage<T> inTurn(String phone, BiFunction<SettingsPage, Address, CompletionStage<T>> what) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Optional<Phone> known = registry.index().byId(phone);
        Optional<SettingsPage> page = known.flatMap(there -> there.binding().settingsPage());
        Optional<Address> to = known.flatMap(Phone::address);
        if (page.isEmpty() || to.isEmpty()) {
            result.completeExceptionally(new IllegalStateException(NOBODY));
            return result;
        }
        boolean taken = known.get().session().commandQueue().offer(() -> begun(what, page.get(), to.get(), result));
        if (!taken) {
            result.completeExceptionally(new IllegalStateException("too many commands wait for this phone already"));
        }
        return result;
    }

    private static <T> CompletionStage<Boolean> begun(
            BiFunction<SettingsPage, Address, CompletionStage<T>> what,
            SettingsPage page,
            Address to,
            CompletableFuture<T> result) {
        try {
            what.apply(page, to).whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(done);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result.handle((done, failure) -> failure == null);
    }

    private static String broken(String phone, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof IllegalStateException expected) {
            return String.valueOf(expected.getMessage());
        }
        LOG.error("phone {}: its settings met a fault of Bellwire", phone, cause);
        return "a fault of Bellwire, which its log tells more about";
    }
}
