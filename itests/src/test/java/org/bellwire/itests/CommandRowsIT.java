package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bellwire.api.Scheme;
import org.bellwire.api.spi.PhoneRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of every installed vendor's document: topic in, these very bytes out. Each row has a phone of its own. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandRowsIT {

    private final Site site;
    private final Set<String> vendors;
    private final Listener listener;
    private final Certificate certificate = Certificate.selfSigned(Scratch.folder("certificate"));
    private final Map<String, RecordingPhone> phones = new HashMap<>();

    CommandRowsIT(Site site) {
        this.site = site;
        vendors = site.vendors();
        listener = site.listener();
    }

    @BeforeAll
    void add_phones() {
        List<PhoneFile> files = new ArrayList<>();
        for (Rows.CommandRow row : rows()) {
            if (vendors.contains(row.vendor())) {
                boolean secure = isSecure(row.vendor());
                RecordingPhone phone = secure ? RecordingPhone.https(certificate) : RecordingPhone.http();
                phones.put(row.phone(), phone);
                files.add(file(row).at(phone));
            }
        }
        site.add(files);
    }

    private PhoneFile file(Rows.CommandRow row) {
        PhoneFile file = PhoneFile.of(row.phone(), row.vendor())
                .with("mac", Rows.mac(row.phone()))
                .with("allow", "reboot, provision, open");
        for (Map.Entry<String, String> key : Rows.keys(row.vendor()).entrySet()) {
            file = file.with(key.getKey(), key.getValue());
        }
        return isSecure(row.vendor()) ? file.with("tls.pin", certificate.pin()) : file;
    }

    private static boolean isSecure(String vendor) {
        return Vendors.binding(vendor).commands().access().scheme() == Scheme.HTTPS;
    }

    @AfterAll
    void leave() {
        listener.close();
        phones.values().forEach(RecordingPhone::close);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row(Rows.CommandRow row) {
        assumeTrue(vendors.contains(row.vendor()), () -> "the distribution has no feature for " + row.vendor());
        RecordingPhone phone = Objects.requireNonNull(phones.get(row.phone()));
        for (String report : row.before()) {
            assertThat(site.caller().from(phone.address()).reports(row.vendor(), report))
                    .isEqualTo(200);
        }

        ReceivedMessage result = listener.commanded(row.phone(), row.command(), row.payload());

        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        assertThat(phone.requests())
                .extracting(RecordingPhone.Request::line)
                .filteredOn(line -> row.command().equals("refresh")
                        || !readings(row.vendor()).contains(line))
                .containsSequence(
                        row.requests().stream().map(CommandRowsIT::line).toList());
    }

    /** A phone that can be asked is asked when it comes online, too. */
    private static List<String> readings(String vendor) {
        String password = PhoneRequest.encode(Rows.keys(vendor).getOrDefault("password", ""));
        return Vendors.binding(vendor).commands().readBacks().stream()
                .map(one -> line(one.request().target().replace("{password}", password)))
                .toList();
    }

    /** A GET is its target; one with a body is {@code POST/target#body}. */
    private static String line(String request) {
        int slash = request.indexOf('/');
        String target = slash == 0 ? request : request.substring(slash).replaceFirst("#.*", "");
        return (slash == 0 ? "GET" : request.substring(0, slash)) + " " + target + " HTTP/1.1";
    }

    static List<Rows.CommandRow> rows() {
        return Rows.commands();
    }
}
