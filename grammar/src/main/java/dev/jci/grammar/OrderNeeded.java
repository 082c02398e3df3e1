package dev.jci.grammar;

/**
 * Says that a body cannot be read beside others, because it changes what they share: it calls an intrinsic that is not declared, say. The
 * text is then read again from its beginning, one body after the other.
 */
final class OrderNeeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    OrderNeeded(String what) {
        super(what, null, false, false);
    }
}
