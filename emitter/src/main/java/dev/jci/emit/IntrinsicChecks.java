package dev.jci.emit;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.Constant;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses intrinsics, and uses of them, that an older LLVM does not have in any words. */
final class IntrinsicChecks {
    private static final int OPAQUE_POINTERS = 15;
    private static final int CONSTANT_STATEPOINTS = 16;
    private static final int OTHER_IMAGES = 20;
    private static final int IMMEDIATE_ATOMICS = 19;
    private static final int VECTORS_TO_INTEGERS = 19;
    private static final int ENDS_WITHOUT_RESULT = 22;
    private static final int RESULTS_ON_ALL_EDGES = 17;
    private static final int DESTINATIONS_TWICE = 15;
    private static final int VARIABLE_LENGTHS = 19;
    private static final Pattern ROUNDING = Pattern.compile("llvm\\.l?l(rint|round)\\..*");
    private static final Pattern PREDICATED_VECTOR = Pattern.compile("llvm\\.hexagon\\.V6\\.v[LS]32.*\\.n?pred\\..*");

    /** Intrinsics whose older parameters newer LLVMs rewrite, which was tried. */
    private static final Pattern UPGRADED = Pattern.compile(
            "llvm\\.(lifetime|masked|nvvm\\.(abs|neg|f(ma|max|min))\\.|riscv\\.(aes|sha|sm)|x86\\.(avx512bf16|[a-z0-9]+\\.vpdp)|coro\\.end$)");

    private static final Pattern ATOMIC =
            Pattern.compile("llvm\\.amdgcn\\.(atomic\\.(inc|dec)|ds\\.f(add|min|max))\\..*");

    private final Dialect dialect;

    IntrinsicChecks(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Refuses the intrinsic itself. */
    void declaration(Function newer, Function older) {
        String name = String.valueOf(older.name());
        int position = newer.position();
        dialect.require(IntrinsicVersions.since(name), "the intrinsic " + newer.name(), position);
        int until = IntrinsicVersions.until(name);
        if (until < PrintOptions.NEWEST) {
            dialect.requireBefore(until + 1, "the intrinsic " + newer.name(), position);
        }
        signature(older, position);
        addressSpaces(newer, name);
        FunctionType type = older.functionType();
        if (type.result() instanceof VectorType && ROUNDING.matcher(name).matches()) {
            dialect.require(VECTORS_TO_INTEGERS, "the intrinsic " + name, position);
        }
        boolean loosesPointee = name.startsWith("llvm.experimental.gc.statepoint.")
                || PREDICATED_VECTOR.matcher(name).matches();
        if (loosesPointee && type.parameters().stream().anyMatch(IntrinsicChecks::isOpaque)) {
            dialect.require(OPAQUE_POINTERS, "the intrinsic " + name + " with an opaque pointer", position);
        }
        if (name.startsWith("llvm.amdgcn.image.")
                && type.parameters().stream().anyMatch(PointerType.class::isInstance)) {
            dialect.require(OTHER_IMAGES, "the intrinsic " + name + " with a pointer", position);
        }
    }

    private static boolean isOpaque(Type type) {
        return type instanceof PointerType pointer && pointer.pointee() == null;
    }

    /** Parameters that only a newer LLVM knows, or only an older one and the newer does not rewrite them. */
    private void signature(Function function, int position) {
        String what = "the intrinsic " + function.name() + " with these parameters";
        List<IntrinsicSignatures.Signature> history = IntrinsicSignatures.of(String.valueOf(function.name()));
        int gone = 0;
        for (int i = 0; i < history.size(); i++) {
            int since = history.get(i).since();
            boolean last = i + 1 == history.size();
            if (history.get(i).allows(function.functionType())) {
                if (dialect.lacks(since) && gone == 0) {
                    dialect.require(since, what, position);
                }
                gone = last ? Integer.MAX_VALUE : history.get(i + 1).since();
            }
        }
        if (gone != 0 && !UPGRADED.matcher(String.valueOf(function.name())).lookingAt()) {
            dialect.requireBefore(gone, what, position);
        }
    }

    /** Pointers into other address spaces, where the intrinsic had no overloads for them before. */
    private void addressSpaces(Function newer, String olderName) {
        String name = String.valueOf(newer.name());
        FunctionType type = newer.functionType();
        boolean elsewhere =
                isElsewhere(type.result()) || type.parameters().stream().anyMatch(IntrinsicChecks::isElsewhere);
        if (name.startsWith(olderName + ".p") && elsewhere) {
            int since = name.startsWith("llvm.stack") ? 18 : name.startsWith("llvm.va_") ? 19 : PrintOptions.NEWEST;
            dialect.require(since, "the intrinsic " + name, newer.position());
        }
    }

    private static boolean isElsewhere(Type type) {
        return type instanceof PointerType pointer && pointer.addressSpace() != 0;
    }

    /** Refuses a call. */
    void call(CallBase call, Function callee) {
        String name = String.valueOf(callee.name());
        if (callee.isImplied() && !call.functionType().equals(callee.functionType())) {
            dialect.require(
                    IntrinsicDialect.IMPLIED_DECLARATION,
                    "calls of different types of " + name + " without declarations",
                    call.position());
        }
        if (name.startsWith("llvm.experimental.gc.re") && call.argument(0) instanceof Constant) {
            dialect.require(CONSTANT_STATEPOINTS, name + " of a constant", call.position());
        }
        if (name.equals("llvm.coro.end")
                && call.argumentCount() == 3
                && !(call.argument(2) instanceof SimpleConstant)) {
            dialect.require(IntrinsicDialect.COROUTINE_RESULTS, "llvm.coro.end with results", call.position());
        }
        if (name.startsWith("llvm.coro.end") && callee.functionType().result() == IntegerType.I1) {
            dialect.requireBefore(ENDS_WITHOUT_RESULT, name + " that gives a value", call.position());
        }
        boolean inline = name.startsWith("llvm.memset.inline.") || name.startsWith("llvm.memcpy.inline.");
        if (inline && !(call.argument(2) instanceof Constant)) {
            dialect.require(VARIABLE_LENGTHS, name + " of a length that is no constant", call.position());
        }
        if (ATOMIC.matcher(name).matches()) {
            for (int i = 2; i < call.argumentCount(); i++) {
                if (!(call.argument(i) instanceof Constant)) {
                    dialect.require(IMMEDIATE_ATOMICS, name + " with a variable order", call.position());
                }
            }
        }
    }

    /** Refuses what {@code callbr} did not have before: a destination twice, and results that are used where it goes indirectly. */
    void branch(CallBr br) {
        Set<BasicBlock> destinations = new HashSet<>(br.indirectDestinations());
        destinations.add(br.defaultDestination());
        if (destinations.size() <= br.indirectCount()) {
            dialect.require(DESTINATIONS_TWICE, "callbr with a destination twice", br.position());
        }
        result(br);
    }

    private void result(CallBr br) {
        if (!br.hasResult() || !dialect.lacks(RESULTS_ON_ALL_EDGES)) {
            return;
        }
        List<?> indirect = br.indirectDestinations();
        boolean used = br.indirectDestinations().stream().anyMatch(block -> {
            for (Instruction at = block.first(); at != null; at = at.next()) {
                if (!(at instanceof Phi) && at.operands().contains(br)) {
                    return true;
                }
            }
            return false;
        });
        if (used || indirect.contains(br.defaultDestination())) {
            dialect.require(RESULTS_ON_ALL_EDGES, "a result of callbr on an indirect edge", br.position());
        }
    }
}
