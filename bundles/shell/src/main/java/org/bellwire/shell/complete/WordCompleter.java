package org.bellwire.shell.complete;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.spi.PhoneBinding;
import org.jspecify.annotations.Nullable;

/** Completes a word by the phones and vendors that there are at that moment. */
abstract class WordCompleter implements Completer {

    abstract Stream<String> words(CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(words(line).toList()).complete(session, line, candidates);
    }

    static Stream<String> ids(@Nullable Phones phones) {
        return phones == null ? Stream.empty() : phones.all().stream().map(PhoneStatus::id);
    }

    static Stream<String> vendors(@Nullable Phones phones) {
        return phones == null
                ? Stream.empty()
                : phones.bindings().stream().map(binding -> binding.info().id());
    }

    /** The binding of the phone or vendor that the line has as its first argument. */
    static Optional<PhoneBinding> binding(@Nullable Phones phones, CommandLine line) {
        String[] words = line.getArguments();
        if (phones == null || words.length < 2) {
            return Optional.empty();
        }
        String vendor = phones.find(words[1]).map(PhoneStatus::vendor).orElse(words[1]);
        return phones.bindings().stream()
                .filter(binding -> binding.info().id().equals(vendor))
                .findFirst();
    }
}
