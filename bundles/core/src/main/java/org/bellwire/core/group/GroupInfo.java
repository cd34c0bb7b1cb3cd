package org.bellwire.core.group;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bellwire.api.CommandName;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.registry.PhoneIndex;

/** What {@code <group>/info} says of a group and of what its members can do. */
final class GroupInfo {

    /** Of more members only the number is told. */
    static final int MAX_MEMBERS = 1000;

    private GroupInfo() {}

    static Message message(PhoneGroup group, PhoneIndex phones) {
        return Message.retained(group.topic("info"), json(group, phones));
    }

    private static String json(PhoneGroup group, PhoneIndex phones) {
        List<PhoneId> members = group.members();
        Set<CommandName> commands = EnumSet.noneOf(CommandName.class);
        Set<Property> states = EnumSet.noneOf(Property.class);
        for (PhoneId member : members) {
            phones.byId(member.value()).ifPresent(phone -> {
                commands.addAll(phone.binding().commandNames());
                states.addAll(phone.binding().events().properties());
            });
        }
        return JsonText.object(json -> {
            json.name("id").value(group.settings().id().value());
            json.name("name").value(group.settings().name());
            json.name("kind").value("group");
            json.name("phones").value(members.size());
            JsonText.strings(
                    json,
                    "members",
                    members.stream().limit(MAX_MEMBERS).map(PhoneId::value).toList());
            JsonText.strings(
                    json,
                    "states",
                    PhoneGroup.SHOWN.stream()
                            .filter(states::contains)
                            .map(Property::wire)
                            .toList());
            JsonText.strings(
                    json, "commands", commands.stream().map(CommandName::wire).toList());
        });
    }
}
