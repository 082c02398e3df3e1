package dev.jci.emit;

import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.PointerType;

/** Conversions that newer LLVMs added. */
final class CastDialect {
    private static final int PTRTOADDR = 22;

    private final Dialect dialect;

    CastDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The opcode to print. {@code ptrtoaddr} gives the same number as {@code ptrtoint} where a pointer is no more than its address, as
     * in address space 0; that {@code ptrtoint} exposes the provenance as well only forbids optimizations.
     */
    String keyword(Cast cast) {
        CastOpcode operation = cast.operation();
        if (operation == CastOpcode.PTRTOADDR && dialect.lacks(PTRTOADDR)) {
            boolean plain = cast.value().type().scalar() instanceof PointerType pointer && pointer.addressSpace() == 0;
            if (plain) {
                dialect.rewritten("ptrtoaddr", "ptrtoint");
                return CastOpcode.PTRTOINT.keyword();
            }
            dialect.require(PTRTOADDR, "ptrtoaddr of a pointer in another address space", cast.position());
        }
        return operation.keyword();
    }
}
