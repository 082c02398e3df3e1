package dev.jci.emit;

import dev.jci.ir.Module;

/**
 * Typed and opaque pointers. Typed ones are kept as long as the LLVM printed for reads them, which LLVM 16 is the last to do; an
 * opaque pointer is what is left of a typed one without its pointee.
 */
final class PointerDialect {
    private static final int FIRST_WITHOUT_TYPED = 17;

    private final boolean makesOpaque;

    PointerDialect(Module module, Dialect dialect) {
        this.makesOpaque = module.hasTypedPointers() && dialect.isAtLeast(FIRST_WITHOUT_TYPED);
    }

    /** Whether typed pointers are printed as {@code ptr}. */
    boolean makesOpaque() {
        return makesOpaque;
    }
}
