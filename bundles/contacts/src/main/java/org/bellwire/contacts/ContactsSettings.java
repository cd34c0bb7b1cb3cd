package org.bellwire.contacts;

import java.nio.file.Path;
import java.util.Map;
import org.bellwire.api.config.Cfg;

/**
 * What {@code org.bellwire.contacts.cfg} says.
 *
 * @param country the code of this country, such as 49
 * @param area of numbers without one, without the zero before it; empty: there are none
 * @param outside what is dialled before a number for an outside line; empty: nothing
 */
record ContactsSettings(Path file, int country, String area, String outside) {

    static final String CFG = "org.bellwire.contacts.cfg";
    private static final String NONE = "none";
    private static final int GERMANY = 49;

    /**
     * Reads the file.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    static ContactsSettings of(Map<String, ?> properties) {
        Cfg cfg = Cfg.of(CFG, properties);
        Path file = cfg.folder("file", "etc/contacts.csv");
        int country = cfg.integer("country", GERMANY, 1, 999);
        // The default is not looked up: who has no contacts does not load the library for numbers.
        if (country != GERMANY && !NumberForm.isCountry(country)) {
            cfg.fault("country", "is not the code of a country, such as 49");
        }
        String area = digits(cfg, "area", "30");
        String outside = digits(cfg, "outside", "0");
        cfg.check();
        return new ContactsSettings(file, country, area, outside);
    }

    private static String digits(Cfg cfg, String key, String otherwise) {
        String text = cfg.text(key, otherwise);
        if (text.equals(NONE)) {
            return "";
        }
        if (!text.matches("[0-9]{1,8}")) {
            cfg.fault(key, "must be 1 to 8 digits, or " + NONE);
        }
        return key.equals("area") ? text.replaceFirst("^0+", "") : text;
    }

    NumberForm form() {
        return new NumberForm(country, area, outside);
    }
}
