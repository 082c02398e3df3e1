package dev.jci.ir.verify;

import dev.jci.ir.Attribute;
import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Function;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDString;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.Set;

/** The rules about intrinsics on vectors that their types alone do not tell (LangRef, "Vector Manipulation Intrinsics" and others). */
final class VectorRules {
    private static final Set<String> INTEGER_PREDICATES =
            Set.of("eq", "ne", "ugt", "uge", "ult", "ule", "sgt", "sge", "slt", "sle");

    private static final Set<String> FLOATING_PREDICATES = Set.of(
            "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult", "ule", "une", "true",
            "false");

    private final Function function;
    private final Findings findings;

    VectorRules(Function function, Findings findings) {
        this.function = function;
        this.findings = findings;
    }

    /**
     * Checks a call.
     *
     * @param call the call
     * @param name what it calls, without the types in the name
     */
    void check(CallBase call, String name) {
        switch (name) {
            case "llvm.experimental.vector.splice", "llvm.vector.splice" -> checkSplice(call);
            case "llvm.experimental.stepvector", "llvm.stepvector" -> checkStep(call, name);
            case "llvm.experimental.vector.insert", "llvm.vector.insert" -> checkInsert(call, spoken(name));
            case "llvm.experimental.vector.extract", "llvm.vector.extract" -> checkExtract(call, spoken(name));
            case "llvm.get.active.lane.mask" -> {
                if (!(call.type() instanceof VectorType mask)) {
                    findings.error("get_active_lane_mask: must return a vector", call);
                } else if (!mask.element().equals(IntegerType.I1)) {
                    findings.error("get_active_lane_mask: element type is not i1", call);
                }
            }
            case "llvm.vp.icmp" -> checkPredicate(call, INTEGER_PREDICATES, "integer");
            case "llvm.vp.fcmp" -> checkPredicate(call, FLOATING_PREDICATES, "FP");
            case "llvm.vp.trunc",
                    "llvm.vp.zext",
                    "llvm.vp.sext",
                    "llvm.vp.fptoui",
                    "llvm.vp.fptosi",
                    "llvm.vp.uitofp",
                    "llvm.vp.sitofp",
                    "llvm.vp.fptrunc",
                    "llvm.vp.fpext",
                    "llvm.vp.ptrtoint",
                    "llvm.vp.inttoptr" -> checkCast(call, name.substring("llvm.vp.".length()));
            default -> {}
        }
    }

    /** How messages name an intrinsic. */
    private static String spoken(String name) {
        return name.substring("llvm.".length()).replace('.', '_');
    }

    private void checkSplice(CallBase call) {
        if (call.argumentCount() != 3
                || !(call.type() instanceof VectorType vector)
                || !(call.argument(2) instanceof ConstantInt index)
                || !index.fitsLong()) {
            return;
        }
        long length = vector.length() * leastScale();
        if (index.longValue() < -length || index.longValue() >= length) {
            findings.error(
                    "The splice index exceeds the range [-VL, VL-1] where VL is the known minimum number of elements in"
                            + " the vector. For scalable vectors the minimum number of elements is determined from"
                            + " vscale_range.",
                    call);
        }
    }

    /** The least that {@code vscale} is known to be. */
    private long leastScale() {
        return switch (function.attributes().get("vscale_range")) {
            case Attribute.Numbered range -> Math.max(1, range.value());
            case Attribute.WithArguments range -> {
                String least = range.arguments().split(",", -1)[0].strip();
                yield least.matches("[0-9]{1,6}") ? Math.max(1, Long.parseLong(least)) : 1;
            }
            case null, default -> 1;
        };
    }

    private void checkStep(CallBase call, String name) {
        boolean valid = call.type() instanceof VectorType vector
                && vector.element() instanceof IntegerType element
                && element.bits() >= 8;
        if (!valid) {
            findings.error(
                    spoken(name) + " only supported for vectors of integers with a bitwidth of at least 8.", call);
        }
    }

    private void checkInsert(CallBase call, String name) {
        if (call.argumentCount() == 3
                && call.argument(0).type() instanceof VectorType vector
                && call.argument(1).type() instanceof VectorType part) {
            if (!vector.element().equals(part.element())) {
                findings.error(name + " parameters must have the same element type.", call);
                return;
            }
            String multiple =
                    name + " index must be a constant multiple of the subvector's known minimum vector length.";
            String overrun = "subvector operand of " + name + " would overrun the vector being inserted into.";
            checkPart(call, call.argument(2), vector, part, multiple, overrun);
        }
    }

    private void checkExtract(CallBase call, String name) {
        if (call.argumentCount() == 2
                && call.argument(0).type() instanceof VectorType vector
                && call.type() instanceof VectorType part) {
            if (!vector.element().equals(part.element())) {
                findings.error(name + " result must have the same element type as the input vector.", call);
                return;
            }
            String multiple =
                    name + " index must be a constant multiple of the result type's known minimum vector length.";
            checkPart(call, call.argument(1), vector, part, multiple, name + " would overrun.");
        }
    }

    private void checkPart(
            CallBase call, Value position, VectorType vector, VectorType part, String multiple, String overrun) {
        if (!(position instanceof ConstantInt constant) || !constant.fitsLong()) {
            return;
        }
        long index = constant.longValue();
        if (index % part.length() != 0) {
            findings.error(multiple, call);
        } else if (vector.scalable() == part.scalable()
                && (index < 0 || index >= vector.length() || index + part.length() > vector.length())) {
            findings.error(overrun, call);
        }
    }

    private void checkPredicate(CallBase call, Set<String> predicates, String what) {
        if (call.argumentCount() < 3) {
            return;
        }
        boolean valid = call.argument(2) instanceof MetadataAsValue wrapped
                && wrapped.metadata() instanceof MDString word
                && predicates.contains(word.bytes());
        if (!valid) {
            findings.error("invalid predicate for VP " + what + " comparison intrinsic", call);
        }
    }

    private void checkCast(CallBase call, String operation) {
        if (call.argumentCount() < 1
                || !(call.argument(0).type() instanceof VectorType from)
                || !(call.type() instanceof VectorType to)) {
            return;
        }
        if (from.length() != to.length() || from.scalable() != to.scalable()) {
            findings.error("VP cast intrinsic first argument and result vector lengths must be equal", call);
            return;
        }
        boolean valid = switch (operation) {
            case "trunc" -> isWider(from, to) && from.isIntegerOrVector();
            case "zext", "sext" -> isWider(to, from) && from.isIntegerOrVector();
            case "fptrunc" -> isWider(from, to) && from.isFloatingPointOrVector();
            case "fpext" -> isWider(to, from) && from.isFloatingPointOrVector();
            case "fptoui", "fptosi" -> from.isFloatingPointOrVector() && to.isIntegerOrVector();
            case "uitofp", "sitofp" -> from.isIntegerOrVector() && to.isFloatingPointOrVector();
            case "ptrtoint" -> from.isPointerOrVector() && to.isIntegerOrVector();
            default -> from.isIntegerOrVector() && to.isPointerOrVector();
        };
        if (!valid) {
            findings.error(
                    "llvm.vp." + operation + " intrinsic first argument and result element types do not fit", call);
        }
    }

    /** Whether both are of one kind, integers or floating point, and the first has more bits. */
    private static boolean isWider(VectorType one, VectorType other) {
        return bits(one.element()) > bits(other.element())
                && one.isIntegerOrVector() == other.isIntegerOrVector()
                && one.isFloatingPointOrVector() == other.isFloatingPointOrVector();
    }

    private static int bits(Type type) {
        return switch (type) {
            case IntegerType integer -> integer.bits();
            case FloatingPointType floating -> floating.bits();
            default -> 0;
        };
    }
}
