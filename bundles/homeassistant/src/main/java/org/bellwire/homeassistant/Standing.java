package org.bellwire.homeassistant;

/**
 * What the broker keeps of a device, as far as it is known.
 *
 * @param single entities with a config of their own
 * @param whole entities in the config of the device; none: there is no such config
 * @param isGroup it is a group, not a phone
 * @param digest of the configs that were acknowledged; 0: some may not have been
 */
record Standing(Entities single, Entities whole, boolean isGroup, long digest) {

    static final Standing NOTHING = new Standing(Entities.NONE, Entities.NONE, false, 0);

    boolean isEmpty() {
        return single.isEmpty() && whole.isEmpty();
    }

    /** All that either knows of; what was acknowledged is not known then. */
    Standing plus(Standing more) {
        return new Standing(single.plus(more.single), whole.plus(more.whole), isGroup || more.isGroup, 0);
    }

    /** What stands once a device has been announced in this style. */
    static Standing of(HomeDevice device, DiscoveryStyle style, long digest) {
        Entities entities = Entities.of(device.entities());
        boolean isGroup =
                device.maker().model().filter(HomeDevices.GROUP::equals).isPresent()
                        && device.maker().manufacturer().equals(HomeDevices.BELLWIRE);
        return style == DiscoveryStyle.DEVICE
                ? new Standing(Entities.NONE, entities, isGroup, digest)
                : new Standing(entities, Entities.NONE, isGroup, digest);
    }
}
