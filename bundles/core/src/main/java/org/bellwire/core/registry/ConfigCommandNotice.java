package org.bellwire.core.registry;

import org.bellwire.api.runtime.LogText;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who changes a phone's configuration at the configuration admin, by JMX or a script, where to do it instead: it does not know
 * the phones where {@link PhoneFolderWatcher} reads their files, and says nothing. Karaf's {@code config:} commands do not come here.
 * The file is not deleted for them: the same event comes when somebody renames a file that was called {@code
 * org.bellwire.phone~lobby.cfg} by mistake.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigCommandNotice implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigCommandNotice.class);

    private final PhoneFiles files;

    @Activate
    public ConfigCommandNotice(@Reference PhoneFiles files) {
        this.files = files;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (files.folder().isEmpty() || !PhoneFiles.isPid(pid)) {
            return;
        }
        String file = files.folder().get().resolve(PhoneFiles.nameOfPid(pid)).toString();
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            warn(pid, "deleting the configuration", "delete the file", file);
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED && event.getFactoryPid() == null) {
            warn(pid, "changing the configuration", "edit the file", file);
        }
    }

    private static void warn(String pid, String deed, String instead, String file) {
        LOG.warn(
                "{}: {} does nothing to a phone here, its file is all that counts: {} {}",
                LogText.clean(pid),
                deed,
                instead,
                LogText.clean(file));
    }
}
