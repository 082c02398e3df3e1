package dev.jci.ci;

/** A placement that cannot be carried out in one function; the function gets a simpler one instead. */
final class PlacementException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlacementException(String message) {
        super(message);
    }
}
