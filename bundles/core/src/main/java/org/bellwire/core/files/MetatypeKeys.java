package org.bellwire.core.files;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The keys of all files, as the installed bundles of Bellwire describe them in their metatype. */
final class MetatypeKeys {

    private static final String OURS = "org.bellwire.";

    private final MetaTypeService metatypes;
    private final BundleContext context;

    MetatypeKeys(MetaTypeService metatypes, BundleContext context) {
        this.metatypes = metatypes;
        this.context = context;
    }

    /** By the PID or factory PID. */
    Map<String, Set<String>> byPid() {
        Map<String, Set<String>> keys = new HashMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (isOurs(bundle)) {
                Optional.ofNullable(metatypes.getMetaTypeInformation(bundle)) // none of a bundle that is about to stop
                        .ifPresent(information -> addAll(keys, information));
            }
        }
        return keys;
    }

    private static void addAll(Map<String, Set<String>> keys, MetaTypeInformation information) {
        Stream.of(information.getPids(), information.getFactoryPids())
                .flatMap(Arrays::stream)
                .forEach(pid -> keys.computeIfAbsent(pid, one -> new HashSet<>())
                        .addAll(keys(information.getObjectClassDefinition(pid, null))));
    }

    static boolean isOurs(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return name != null && name.startsWith(OURS);
    }

    private static Set<String> keys(ObjectClassDefinition definition) {
        return Stream.of(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(AttributeDefinition::getID)
                .collect(Collectors.toSet());
    }
}
