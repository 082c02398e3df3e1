package dev.jci.emit;

import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantSplat;

/** Constants: forms that newer LLVMs added, and expressions that they took away. */
final class ConstantDialect {
    private static final int SPLAT = 19;
    private static final int IN_RANGE_BYTES = 19;

    private final Dialect dialect;

    ConstantDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether a splat is written element by element. */
    boolean spellsSplatsOut(ConstantSplat splat) {
        if (!dialect.lacks(SPLAT)) {
            return false;
        }
        dialect.rewritten("splat", "all its elements");
        if (splat.type().scalable()) {
            dialect.require(SPLAT, "splat of a scalable vector", -1);
            return false;
        }
        return true;
    }

    /** Whether {@code inrange(-8, 16)} is kept; it only promises something. */
    boolean keepsInRange() {
        return !dialect.drops(IN_RANGE_BYTES, "inrange");
    }

    /** Whether {@code inrange} before an index is kept. */
    boolean keepsInRangeIndex() {
        return !dialect.isAtLeast(IN_RANGE_BYTES);
    }

    /** Refuses expressions that the LLVM printed for does not have, or not any more. */
    void check(ConstantExpr expression) {
        if (dialect.isAsWritten()) {
            return;
        }
        switch (expression) {
            case ConstantExpr.Binary binary -> {
                String keyword = binary.opcode().keyword();
                int gone = switch (binary.opcode()) {
                    case UDIV, SDIV, UREM, SREM, FADD, FSUB, FMUL, FDIV, FREM -> 15;
                    case AND, OR -> 18;
                    case SHL, LSHR, ASHR -> 19;
                    case MUL -> 21;
                    case ADD, SUB, XOR -> 99;
                };
                dialect.requireBefore(gone, "the constant expression " + keyword, -1);
            }
            case ConstantExpr.Conversion conversion -> {
                String keyword = conversion.opcode().keyword();
                switch (conversion.opcode()) {
                    case ZEXT, SEXT, FPTRUNC, FPEXT, FPTOUI, FPTOSI, UITOFP, SITOFP ->
                        dialect.requireBefore(18, "the constant expression " + keyword, -1);
                    case PTRTOADDR -> dialect.require(22, "the constant expression " + keyword, -1);
                    case TRUNC, PTRTOINT, INTTOPTR, BITCAST, ADDRSPACECAST -> {}
                }
            }
            case ConstantExpr.Negate negate -> dialect.requireBefore(16, "the constant expression fneg", -1);
            case ConstantExpr.Compare compare ->
                dialect.requireBefore(19, "the constant expression " + (compare.floatingPoint() ? "fcmp" : "icmp"), -1);
            case ConstantExpr.AggregateAccess access ->
                dialect.requireBefore(
                        15,
                        "the constant expression " + (access.element() == null ? "extractvalue" : "insertvalue"),
                        -1);
            case ConstantExpr.Other other -> {
                if (other.opcode() == ConstantExpr.Other.Opcode.SELECT) {
                    dialect.requireBefore(17, "the constant expression select", -1);
                }
            }
            case ConstantExpr.ElementPointer pointer -> {}
        }
    }
}
