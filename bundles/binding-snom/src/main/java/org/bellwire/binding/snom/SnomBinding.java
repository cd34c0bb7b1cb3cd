package org.bellwire.binding.snom;

import static org.bellwire.api.CallState.*;
import static org.bellwire.api.CommandName.*;
import static org.bellwire.api.EventType.*;
import static org.bellwire.api.spi.EventRow.on;
import static org.bellwire.api.spi.Guard.*;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CommandName;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.AnswerTable;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.Command;
import org.bellwire.api.spi.CommandRow;
import org.bellwire.api.spi.CommandTable;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.KeyFile;
import org.bellwire.api.spi.KeyPad;
import org.bellwire.api.spi.PhoneBinding;
import org.bellwire.api.spi.PhoneRequest;
import org.bellwire.api.spi.PhoneView;
import org.bellwire.api.spi.Plan;
import org.bellwire.api.spi.Provisioning;
import org.bellwire.api.spi.SettingsLines;
import org.bellwire.api.spi.SettingsPage;
import org.bellwire.api.spi.VendorInfo;
import org.osgi.service.component.annotations.Component;

/** Snom desk phones: an URL for each event, keys and settings as requests. */
@Component
public final class SnomBinding implements PhoneBinding {

    private static final VendorInfo INFO = new VendorInfo(
            "snom", "Snom desk phones", "Snom service wiki, Action URL and Can I control my snom phone remotely");

    /** {@code $remote} is the other party in both directions. Some settings end in {@code _url}, some do not. */
    private static final EventTable EVENTS = EventTable.namedInPath(
                    CallVariables.id("call_id")
                            .own("local")
                            .other("remote", "display_remote")
                            .account("active_user"),
                    on("Setup Finished", DEVICE_BOOTED).alias("Setup").key("action_setup_url"),
                    on("Log On", ACCOUNT_REGISTERED).key("action_log_on_url"),
                    on("Log Off", ACCOUNT_UNREGISTERED).key("action_log_off_url"),
                    on("Registration Failed", ACCOUNT_REGISTER_FAILED)
                            .alias("Reg Failed")
                            .key("action_reg_failed"),
                    on("Incoming Call", CALL_INCOMING).alias("Incoming").key("action_incoming_url"),
                    on("Outgoing Call", CALL_OUTGOING).alias("Outgoing").key("action_outgoing_url"),
                    on("On Connected", CALL_CONNECTED).alias("Connected").key("action_connected_url"),
                    on("On Disconnected", CALL_ENDED).alias("Disconnected").key("action_disconnected_url"),
                    on("Missed Call", CALL_MISSED).alias("Missed").key("action_missed_url"),
                    on("Offhook", HOOK_OFF).key("action_offhook_url"),
                    on("Onhook", HOOK_ON).key("action_onhook_url"),
                    on("DND On", DND_ON).key("action_dnd_on_url"),
                    on("DND Off", DND_OFF).key("action_dnd_off_url"),
                    on("Call Forwarding On", FORWARD_ON).alias("Redirection On").key("action_redirection_on_url"),
                    on("Call Forwarding Off", FORWARD_OFF)
                            .alias("Redirection Off")
                            .key("action_redirection_off_url"),
                    on("Hold Call", CALL_HELD).alias("Hold").key("action_hold"),
                    on("Unhold Call", CALL_RESUMED).alias("Unhold").key("action_unhold"),
                    on("Transfer", TRANSFER_STARTED).key("action_transfer"),
                    on("Blind Transfer", TRANSFER_BLIND).key("action_blind_transfer"),
                    on("Attended Transfer", TRANSFER_ATTENDED).key("action_attended_transfer"),
                    on("Received Attended Transfer", TRANSFER_RECEIVED).key("action_received_attended_transfer"),
                    on("Long Press", KEY_PRESSED).key("action_longpress_url"),
                    on("Function Key", KEY_PRESSED),
                    on("Blacklist", VENDOR_EVENT).key("action_blacklist_url"),
                    on("Received Subscr Notify", VENDOR_EVENT).key("action_received_subscr_notify_url"),
                    on("Firewall Test", VENDOR_EVENT).key("action_firewall_test"))
            .naming("call-id", "call_id")
            .naming("phone_ip", "ip")
            .naming("phone_type", "model");

    private static final KeyPad KEYS = KeyPad.of(
                    "CANCEL ENTER OFFHOOK ONHOOK RIGHT LEFT UP DOWN VOLUME_UP VOLUME_DOWN MENU REDIAL DND REC F1-F4"
                            + " SPEAKER HEADSET TRANSFER F_HOLD F_R MUTE F_CONFERENCE F_RETRIEVE 0-9 * # P1-P32 EK0-EK53",
                    keys -> new PhoneRequest("/command.htm?key=" + signs(keys)))
            .joinedBy(";");

    /** What dials is answered by a redirect to the start page. */
    private static final AnswerTable ANSWERS = AnswerTable.USUAL
            .success(302)
            .unauthorized(
                    403,
                    "the phone refuses remote control: set use_hidden_tags and restrict_uri_queries to off on the phone,"
                            + " and check user and password");

    private static final CommandTable COMMANDS = CommandTable.of(
            Access.http(Access.Authentication.PASSWORD).answering(ANSWERS),
            KEYS,
            CommandRow.on(DIAL, SnomBinding::dial),
            KEYS.row(ANSWER, "ENTER").when(onlyWhile(RINGING)), // on an idle phone it dials again or opens a menu
            CommandRow.on(HANGUP, SnomBinding::hangUp),
            KEYS.row(REJECT, "CANCEL").when(onlyWhile(RINGING)),
            KEYS.row(HOLD, "F_HOLD").when(onlyWhile(CONNECTED)),
            KEYS.row(RESUME, "F_HOLD").when(onlyWhileOrUnknown(HELD)),
            KEYS.row(REDIAL, "REDIAL"),
            CommandRow.on(TRANSFER, SnomBinding::transfer),
            KEYS.row(CONFERENCE, "F_CONFERENCE"),
            CommandRow.on(DTMF, SnomBinding::tones),
            KEYS.row(MUTE, "MUTE").when(toggleOnly()),
            CommandRow.on(DND, (command, phone) -> switched("dnd_mode", command)),
            KEYS.choice(VOLUME, Map.of("UP", "VOLUME_UP", "DOWN", "VOLUME_DOWN")),
            forward(FORWARD_ALWAYS, "fwd_all_enabled1"),
            forward(FORWARD_BUSY, "fwd_busy_enabled1"),
            forward(FORWARD_NO_ANSWER, "fwd_time_enabled1"),
            KEYS.row(SPEAKER, "SPEAKER"),
            KEYS.row(HEADSET, "HEADSET"),
            KEYS.row(MESSAGES, "F_RETRIEVE"),
            CommandRow.on(REBOOT, new PhoneRequest("/advanced_update.htm?reboot=Reboot")));

    private static final Provisioning PROVISIONING = new Provisioning(
                    "Setup → Action URL Settings",
                    "/{event}?mac=$mac&call_id=$call-id&local=$local&remote=$remote&display_remote=$display_remote"
                            + "&active_user=$active_user&ip=$phone_ip&cancel_reason=$cancel_reason",
                    false,
                    List.of(KeyFile.xml("xml", "{mac}.htm", "<{0} perm=\"\">{url}</{0}>")
                            .between(
                                    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<settings>\n<phone-settings e=\"2\">",
                                    "</phone-settings>\n</settings>")))
            .device("/{event}?mac=$mac&ip=$phone_ip&model=$phone_type&button=$longpress_key&active_user=$active_user");

    /** As the vendor's wiki has it; how the page with all settings looks is inferred from its configuration files. */
    private static final SettingsPage SETTINGS = new SettingsPage(
            new PhoneRequest("/settings.htm"),
            SettingsLines::read,
            (name, value) -> new PhoneRequest("/dummy.htm?settings=save")
                    .with(name, value)
                    .with("store_settings", "save"));

    private static Plan dial(Command command, PhoneView phone) {
        String number = signs(PhoneRequest.encode(command.dialled().value()));
        return Plan.send(new PhoneRequest("/command.htm?number=" + number).with("outgoing_uri", phone.outgoingUri()));
    }

    private static Plan hangUp(Command command, PhoneView phone) {
        return Plan.send(
                command.call().equals(Optional.of("*"))
                        ? new PhoneRequest("/command.htm?RELEASE_ALL_CALLS")
                        : KEYS.key("CANCEL"));
    }

    private static Plan transfer(Command command, PhoneView phone) {
        if (command.kind().isPresent()) {
            return Plan.refuse("whether a transfer is blind is the phone's own setting: leave 'kind' out");
        }
        return command.number()
                .flatMap(number -> KEYS.type(number.value()))
                .map(typed -> Plan.send(new PhoneRequest(
                        typed.get(0).target().replaceFirst("=", "=TRANSFER;").concat(";ENTER"))))
                .orElseGet(() -> Plan.refuse("name the number to transfer to, in digits, * and #"));
    }

    private static Plan tones(Command command, PhoneView phone) {
        return command.value().matches("[0-9*#]+")
                ? Plan.send(new PhoneRequest("/command.htm?key_dtmf=" + signs(command.value())))
                : Plan.refuse("tones are 0-9 * #");
    }

    private static CommandRow forward(CommandName name, String setting) {
        return CommandRow.on(
                name,
                (command, phone) -> command.number().isPresent()
                        ? Plan.refuse("set the number on the phone, and send ON or OFF")
                        : switched(setting, command));
    }

    /** Writes a setting, so that no toggle is needed. */
    private static Plan switched(String setting, Command command) {
        String value = command.value().toLowerCase(Locale.ROOT);
        return value.equals("on") || value.equals("off")
                ? Plan.send(new PhoneRequest("/dummy.htm?settings=save").with(setting, value))
                : Plan.refuse(command.name().wire() + " is ON or OFF");
    }

    /** Phones want both signs encoded. */
    private static String signs(String text) {
        return text.replace("#", "%23").replace("*", "%2A");
    }

    @Override
    public VendorInfo info() {
        return INFO;
    }

    @Override
    public EventTable events() {
        return EVENTS;
    }

    @Override
    public CommandTable commands() {
        return COMMANDS;
    }

    @Override
    public Provisioning provisioning() {
        return PROVISIONING;
    }

    @Override
    public Optional<SettingsPage> settingsPage() {
        return Optional.of(SETTINGS);
    }
}
