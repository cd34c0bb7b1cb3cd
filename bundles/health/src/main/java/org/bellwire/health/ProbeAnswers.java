package org.bellwire.health;

/** Gives the answers to requests. */
interface ProbeAnswers {

    /**
     * The answer to one request.
     *
     * @param path without a query
     */
    ProbeAnswer answer(String method, String path);
}
