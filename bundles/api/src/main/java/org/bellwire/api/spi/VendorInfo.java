package org.bellwire.api.spi;

/**
 * Who a binding speaks for.
 *
 * @param id the vendor in URLs, files and features: lower-case letters and digits
 * @param name the vendor and series as people write it
 * @param document the vendor's document that the tables were taken from
 */
public record VendorInfo(String id, String name, String document) {

    public VendorInfo {
        if (!id.matches("[a-z0-9]{2,32}")) {
            throw new IllegalArgumentException("a vendor's id is 2 to 32 lower-case letters and digits: " + id);
        }
    }
}
