package dev.jci.ir.verify;

import dev.jci.ir.CallBase;
import dev.jci.ir.MDString;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about arithmetic in a floating-point environment (LangRef, "Constrained Floating-Point Intrinsics"). */
final class ConstrainedFpRules {
    static final String PREFIX = "llvm.experimental.constrained.";

    private static final Set<String> PREDICATES =
            Set.of("oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult", "ule", "une");

    private static final Set<String> EXCEPTIONS = Set.of("fpexcept.ignore", "fpexcept.maytrap", "fpexcept.strict");

    private static final Set<String> ROUNDINGS = Set.of(
            "round.dynamic",
            "round.tonearest",
            "round.downward",
            "round.upward",
            "round.towardzero",
            "round.tonearestaway");

    /** Those whose result does not depend on the rounding mode, so that they do not name one. */
    private static final Set<String> NOT_ROUNDED = Set.of(
            "fptosi",
            "fptoui",
            "fpext",
            "fcmp",
            "fcmps",
            "maxnum",
            "minnum",
            "maximum",
            "minimum",
            "ceil",
            "floor",
            "round",
            "roundeven",
            "lround",
            "llround",
            "trunc");

    private final Findings findings;

    ConstrainedFpRules(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks a call.
     *
     * @param call the call
     * @param name the name of the function
     */
    void check(CallBase call, String name) {
        int end = name.indexOf('.', PREFIX.length());
        String operation = end < 0 ? name.substring(PREFIX.length()) : name.substring(PREFIX.length(), end);
        int count = call.argumentCount();
        boolean rounded = !NOT_ROUNDED.contains(operation);
        if (count < (rounded ? 3 : 2)) {
            findings.error("invalid arguments for constrained FP intrinsic", call);
            return;
        }
        switch (operation) {
            case "fcmp", "fcmps" -> {
                if (count == 4 && !isOneOf(call.argument(2), PREDICATES)) {
                    findings.error("invalid predicate for constrained FP comparison intrinsic", call);
                }
            }
            case "fptosi", "fptoui", "sitofp", "uitofp", "fptrunc", "fpext" -> checkConversion(call, operation);
            default -> {}
        }
        if (!isOneOf(call.argument(count - 1), EXCEPTIONS)) {
            findings.error("invalid exception behavior argument", call);
        }
        if (rounded && !isOneOf(call.argument(count - 2), ROUNDINGS)) {
            findings.error("invalid rounding mode argument", call);
        }
    }

    /**
     * Checks a truncation that names its rounding mode.
     *
     * @param call the call of {@code llvm.fptrunc.round}
     */
    void checkRoundedTruncation(CallBase call) {
        if (call.argumentCount() != 2) {
            return;
        }
        if (text(call.argument(1)) == null) {
            findings.error(
                    "invalid value for llvm.fptrunc.round metadata operand (the operand should be a string)", call);
        } else if (!isOneOf(call.argument(1), ROUNDINGS) || "round.dynamic".equals(text(call.argument(1)))) {
            findings.error("unsupported rounding mode argument", call);
        }
    }

    private static @Nullable String text(Value argument) {
        return argument instanceof MetadataAsValue wrapped && wrapped.metadata() instanceof MDString string
                ? string.bytes()
                : null;
    }

    private static boolean isOneOf(Value argument, Set<String> words) {
        String word = text(argument);
        return word != null && words.contains(word);
    }

    private void checkConversion(CallBase call, String operation) {
        Type from = call.argument(0).type();
        Type to = call.type();
        boolean fromInteger = operation.equals("sitofp") || operation.equals("uitofp");
        boolean toInteger = operation.equals("fptosi") || operation.equals("fptoui");
        if (fromInteger ? !from.isIntegerOrVector() : !from.isFloatingPointOrVector()) {
            findings.error(
                    fromInteger
                            ? "Intrinsic first argument must be integer"
                            : "Intrinsic first argument must be floating point",
                    call);
        } else if (toInteger ? !to.isIntegerOrVector() : !to.isFloatingPointOrVector()) {
            findings.error(
                    toInteger ? "Intrinsic result must be an integer" : "Intrinsic result must be a floating point",
                    call);
        } else if (from instanceof VectorType != to instanceof VectorType) {
            findings.error("Intrinsic first argument and result disagree on vector use", call);
        } else if (from instanceof VectorType source
                && to instanceof VectorType target
                && (source.length() != target.length() || source.scalable() != target.scalable())) {
            findings.error("Intrinsic first argument and result vector lengths must be equal", call);
        }
    }
}
