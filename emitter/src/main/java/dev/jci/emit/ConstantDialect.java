package dev.jci.emit;

import dev.jci.ir.CastOpcode;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.PointerType;

/** Constants: forms that newer LLVMs added, and expressions that they took away. */
final class ConstantDialect {
    private static final int SPLAT = 19;
    private static final int IN_RANGE_BYTES = 19;
    private static final int NEVER = Integer.MAX_VALUE;

    private final Dialect dialect;

    ConstantDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether a splat is written in the way of the LLVMs that had no word for it. */
    boolean spellsSplatsOut() {
        if (!dialect.lacks(SPLAT)) {
            return false;
        }
        dialect.rewritten("splat", "a vector");
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
        String what = "the constant expression " + keyword(expression);
        dialect.require(since(expression), what, -1);
        dialect.requireBefore(gone(expression), what, -1);
    }

    /** Whether an LLVM has such an expression; its operands are not looked at. */
    static boolean has(int version, ConstantExpr expression) {
        return version >= since(expression) && version < gone(expression);
    }

    /** LLVM 14 ends abnormally when it reads such a word before an opaque pointer to what is defined further down. */
    void check(GlobalReference reference) {
        boolean opaque = reference.type() instanceof PointerType pointer && pointer.pointee() == null;
        if (opaque || reference.kind() == GlobalReference.Kind.NO_CFI) {
            dialect.require(15, reference.kind().keyword() + (opaque ? " of an opaque pointer" : ""), -1);
        }
    }

    private static String keyword(ConstantExpr expression) {
        return switch (expression) {
            case ConstantExpr.Binary binary -> binary.opcode().keyword();
            case ConstantExpr.Conversion conversion -> conversion.opcode().keyword();
            case ConstantExpr.Negate negate -> "fneg";
            case ConstantExpr.Compare compare -> compare.floatingPoint() ? "fcmp" : "icmp";
            case ConstantExpr.AggregateAccess access -> access.element() == null ? "extractvalue" : "insertvalue";
            case ConstantExpr.Other other -> other.opcode().keyword();
            case ConstantExpr.ElementPointer pointer -> "getelementptr";
        };
    }

    private static int since(ConstantExpr expression) {
        return expression instanceof ConstantExpr.Conversion conversion && conversion.opcode() == CastOpcode.PTRTOADDR
                ? 22
                : 0;
    }

    /** The first LLVM that does not have the expression any more. */
    private static int gone(ConstantExpr expression) {
        return switch (expression) {
            case ConstantExpr.Binary binary ->
                switch (binary.opcode()) {
                    case UDIV, SDIV, UREM, SREM, FADD, FSUB, FMUL, FDIV, FREM -> 15;
                    case AND, OR -> 18;
                    case SHL, LSHR, ASHR -> 19;
                    case MUL -> 21;
                    case ADD, SUB, XOR -> NEVER;
                };
            case ConstantExpr.Conversion conversion ->
                switch (conversion.opcode()) {
                    case ZEXT, SEXT, FPTRUNC, FPEXT, FPTOUI, FPTOSI, UITOFP, SITOFP -> 18;
                    case TRUNC, PTRTOINT, PTRTOADDR, INTTOPTR, BITCAST, ADDRSPACECAST -> NEVER;
                };
            case ConstantExpr.Negate negate -> 16;
            case ConstantExpr.Compare compare -> 19;
            case ConstantExpr.AggregateAccess access -> 15;
            case ConstantExpr.Other other -> other.opcode() == ConstantExpr.Other.Opcode.SELECT ? 17 : NEVER;
            case ConstantExpr.ElementPointer pointer -> NEVER;
        };
    }
}
