package dev.jci.emit;

import dev.jci.ir.AtomicRMW;
import dev.jci.ir.PointerType;
import dev.jci.ir.VectorType;

/** Atomic operations that newer LLVMs added. */
final class AtomicDialect {
    private final Dialect dialect;

    AtomicDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Refuses an operation that the LLVM printed for does not have. */
    void check(AtomicRMW instruction) {
        if (dialect.isAsWritten()) {
            return;
        }
        if (instruction.value().type() instanceof PointerType) {
            dialect.require(15, "atomicrmw of a pointer", instruction.position());
        } else if (instruction.value().type() instanceof VectorType) {
            dialect.require(19, "atomicrmw of a vector", instruction.position());
        }
        int since = switch (instruction.operation()) {
            case "fmax", "fmin" -> 15;
            case "uinc_wrap", "udec_wrap" -> 16;
            case "usub_cond", "usub_sat" -> 20;
            case "fmaximum", "fminimum" -> 21;
            default -> 0;
        };
        dialect.require(since, "atomicrmw " + instruction.operation(), instruction.position());
    }
}
