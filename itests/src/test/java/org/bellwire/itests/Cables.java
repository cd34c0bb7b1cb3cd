package org.bellwire.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The network between one program and several others: all its cables fail and are mended together. */
final class Cables implements AutoCloseable {

    private final List<Cable> all = new ArrayList<>();

    /** One more, to this port. */
    Cable to(int farPort) {
        Cable cable = Cable.to(farPort);
        all.add(cable);
        return cable;
    }

    /** The near ends, as Bellwire's file names servers. */
    String servers() {
        return all.stream().map(cable -> "127.0.0.1:" + cable.port()).collect(Collectors.joining(","));
    }

    void cut() {
        all.forEach(Cable::cut);
    }

    void fallSilent() {
        all.forEach(Cable::fallSilent);
    }

    void mend() {
        all.forEach(Cable::mend);
    }

    @Override
    public void close() {
        all.forEach(Cable::close);
    }
}
