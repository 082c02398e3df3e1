package dev.jci.ci;

import dev.jci.ir.Alloca;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Phi;
import dev.jci.ir.Store;
import dev.jci.ir.Unreachable;
import dev.jci.ir.analysis.CallGraph;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What instructions cost, in units of one IR instruction (PLDI 2021, section 4; the numbers of the published implementation where it has
 * some).
 *
 * @param memory the cost of a load or store
 * @param libraryCall the cost of a call of a function that is not defined in the module
 * @param functions the costs of functions by name, imported from other modules or written in a table; the call itself not included. Under names
 *     such as {@code llvm.instruction.fdiv} it may have costs of the instructions of two operands, which are 1 otherwise, under names such as
 *     {@code llvm.callback.qsort} what a function does around each call of one that is handed to it, and under {@code llvm.entry.NAME} what is
 *     done around each call of that function elsewhere
 */
public record CostModel(long memory, long libraryCall, Map<String, Long> functions) {
    /** Intrinsics that no code comes of. */
    private static final List<String> FREE_INTRINSICS = List.of(
            "llvm.dbg",
            "llvm.lifetime",
            "llvm.invariant",
            "llvm.assume",
            "llvm.experimental.noalias.scope.decl",
            "llvm.annotation",
            "llvm.ptr.annotation",
            "llvm.var.annotation",
            "llvm.expect",
            "llvm.donothing",
            "llvm.sideeffect",
            "llvm.pseudoprobe",
            "llvm.launder.invariant.group",
            "llvm.strip.invariant.group",
            "llvm.is.constant",
            "llvm.objectsize",
            "llvm.codeview",
            "llvm.localescape",
            "llvm.type.test",
            "llvm.public.type.test",
            "llvm.ssa.copy",
            "llvm.arithmetic.fence",
            "llvm.fake.use",
            "llvm.threadlocal.address",
            "llvm.allow");

    private static final long BYTES_PER_STEP = 16;
    private static final long UNKNOWN_LENGTH = 16;
    private static final long MATH = 20;
    private static final int INTRINSIC_PREFIX = "llvm.".length();
    /** The names of instructions in a table of costs; no function has a name that begins with {@code llvm.}. */
    private static final Map<BinaryOpcode, String> INSTRUCTION_NAMES = instructionNames();

    /** Copies the map. */
    public CostModel {
        functions = Map.copyOf(functions);
        if (memory < 0 || libraryCall < 0) {
            throw new IllegalArgumentException("costs must not be negative");
        }
    }

    /** Loads and stores cost 1, calls of the C library what was measured, and calls of other libraries 100. */
    public static CostModel defaults() {
        return new CostModel(1, 100, LibraryCosts.table());
    }

    /** Loads and stores cost 1, calls of any library the same. */
    public static CostModel evenCalls(long libraryCall) {
        return new CostModel(1, libraryCall, Map.of());
    }

    private static Map<BinaryOpcode, String> instructionNames() {
        Map<BinaryOpcode, String> names = new EnumMap<>(BinaryOpcode.class);
        for (BinaryOpcode opcode : BinaryOpcode.values()) {
            names.put(opcode, "llvm.instruction." + opcode.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** These costs with another cost of a load or store. */
    public CostModel withMemory(long changed) {
        return new CostModel(changed, libraryCall, functions);
    }

    /** These costs with another cost of a library call. */
    public CostModel withLibraryCall(long changed) {
        return new CostModel(memory, changed, functions);
    }

    /** These costs with others for functions by name. */
    public CostModel withFunctions(Map<String, Long> changed) {
        return new CostModel(memory, libraryCall, changed);
    }

    /** These costs, where functions by name have not got another one. */
    public CostModel overriddenBy(Map<String, Long> changed) {
        Map<String, Long> all = new HashMap<>(functions);
        all.putAll(changed);
        return withFunctions(all);
    }

    /**
     * What one execution of an instruction costs. A call of a function that is defined in the module costs only the call: the function
     * counts its own work. Where a library calls a function back, the end of its entry block costs what the library does around that as well
     * ({@code llvm.callback.NAME} in a table).
     */
    public long of(Instruction instruction) {
        return saturatedSum(ofOpcode(instruction), Callbacks.around(instruction, functions));
    }

    private long ofOpcode(Instruction instruction) {
        return switch (instruction) {
            case Phi phi -> 0;
            case GetElementPtr address -> 0;
            case Cast cast -> 0;
            case Alloca alloca -> 0;
            case Freeze freeze -> 0;
            case Unreachable end -> 0;
            case Load load -> memory;
            case Store store -> memory;
            case CallBase call -> ofCall(call);
            case BinaryOperator operation -> ofOperation(operation.operation());
            default -> 1;
        };
    }

    private long ofOperation(BinaryOpcode opcode) {
        Long known = functions.isEmpty() ? null : functions.get(INSTRUCTION_NAMES.get(opcode));
        return known == null ? 1 : known;
    }

    private long ofCall(CallBase call) {
        if (call.callee() instanceof InlineAsm assembly) {
            return statements(assembly.template());
        }
        Function callee = CallGraph.target(call);
        if (callee == null || callee.name() == null) {
            return 1;
        }
        if (call.isIntrinsic()) {
            return ofIntrinsic(call);
        }
        Long known = functions.get(callee.name());
        if (!callee.isDeclaration()) {
            return 1;
        }
        return saturatedSum(1, known != null ? known : libraryCall);
    }

    private static long statements(String template) {
        long count = template.isBlank() ? 0 : 1;
        for (int i = 0; i < template.length(); i++) {
            if ((template.charAt(i) == '\n' || template.charAt(i) == ';') && i + 1 < template.length()) {
                count++;
            }
        }
        return count;
    }

    private long ofIntrinsic(CallBase call) {
        Function callee = call.calledFunction();
        String name = callee == null || callee.name() == null ? "" : callee.name();
        for (String free : FREE_INTRINSICS) {
            if (name.startsWith(free)) {
                return 0;
            }
        }
        Long known = functions.get(name);
        if (known != null) {
            return known;
        }
        if (name.startsWith("llvm.memcpy") || name.startsWith("llvm.memmove") || name.startsWith("llvm.memset")) {
            Long bytes = constantLength(call);
            return bytes == null ? UNKNOWN_LENGTH : saturatedSum(1, Math.max(0, bytes) / BYTES_PER_STEP);
        }
        return isLibraryMath(name) ? ofMath(name) : 1;
    }

    /** What the function of the library costs that becomes of an intrinsic, such as {@code sinf} of {@code llvm.sin.f32}. */
    private long ofMath(String intrinsic) {
        int end = intrinsic.indexOf('.', INTRINSIC_PREFIX);
        String function = intrinsic.substring(INTRINSIC_PREFIX, end);
        Long known = switch (intrinsic.substring(end + 1)) {
            case "f64" -> functions.get(function);
            case "f32" -> functions.get(function + "f");
            default -> null;
        };
        return known == null ? MATH : saturatedSum(1, known);
    }

    private static @Nullable Long constantLength(CallBase call) {
        return call.argumentCount() > 2 && call.argument(2) instanceof ConstantInt length && length.fitsLong()
                ? length.longValue()
                : null;
    }

    private static boolean isLibraryMath(String name) {
        for (String function : List.of("sin", "cos", "tan", "exp", "exp2", "log", "log2", "log10", "pow", "powi")) {
            if (name.startsWith("llvm." + function + ".")) {
                return true;
            }
        }
        return false;
    }

    /** The sum, or the largest number when it does not fit. */
    static long saturatedSum(long left, long right) {
        long sum = left + right;
        return sum < 0 && left >= 0 && right >= 0 ? Long.MAX_VALUE / 4 : Math.min(sum, Long.MAX_VALUE / 4);
    }
}
