package org.bellwire.console.view;

import java.util.Optional;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.PhoneFileEditor;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.SimulatedPhones;
import org.bellwire.api.port.UnknownPhones;

/** The other bundles, as far as they are there now. */
public record ConsolePorts(
        Optional<Phones> phones,
        Optional<Commands> commands,
        Optional<UnknownPhones> inbox,
        Optional<PhoneFileEditor> files,
        Optional<Groups> groups,
        Optional<Gateway> gateway,
        Optional<Bus> bus,
        Optional<BuildingTopics> topics,
        Optional<SimulatedPhones> simulator) {}
