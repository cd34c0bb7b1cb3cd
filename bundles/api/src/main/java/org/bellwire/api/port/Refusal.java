package org.bellwire.api.port;

/** Why a request was refused where its answer does not say so. */
public enum Refusal {
    /** 404: the vendor or the token is wrong. */
    TOKEN,
    /** 404: the address is not of an allowed network. */
    NETWORK,
    /** 429: this phone reports too often. */
    PHONE_RATE,
    /** 429: this address asks too often. */
    ADDRESS_RATE
}
