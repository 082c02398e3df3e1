package dev.jci.ir.diff;

/** Hashes of 64 bits. */
final class Mix {
    private Mix() {}

    /** A hash in which every bit depends on all bits of the number. */
    static long of(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** The hash of what came so far and one more. */
    static long of(long soFar, long next) {
        return of(soFar * 31 + next + 0x9e3779b97f4a7c15L);
    }

    /** The hash of a constant of an enumeration. */
    static long of(Enum<?> constant) {
        return of(constant.name());
    }

    /** The hash of a text. */
    static long of(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 0x100000001b3L + text.charAt(i);
        }
        return of(hash);
    }
}
