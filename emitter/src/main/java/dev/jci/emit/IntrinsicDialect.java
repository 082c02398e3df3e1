package dev.jci.emit;

import dev.jci.ir.Argument;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallSite;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Intrinsics whose names or parameters changed between LLVM 14 and 22, as an older LLVM knows them. A newer one upgrades what it reads by
 * itself.
 */
final class IntrinsicDialect {
    private static final int LIFETIME_WITHOUT_SIZE = 22;
    private static final int MASKED_WITHOUT_ALIGNMENT = 22;
    private static final int THREADLOCAL_ADDRESS = 16;
    private static final int IMPLIED_DECLARATION = 19;
    private static final int FAKE_USE = 20;
    private static final int DBG_ASSIGN = 16;
    private static final int COROUTINE_RESULTS = 18;
    private static final int VECTORS_TO_INTEGERS = 19;
    private static final int CONSTANT_STATEPOINTS = 16;
    private static final int OPAQUE_POINTERS = 15;
    private static final Pattern ROUNDING = Pattern.compile("llvm\\.l?l(rint|round)\\.");
    private static final Pattern PREDICATED_VECTOR =
            Pattern.compile("llvm\\.hexagon\\.V6\\.v[LS]32.*\\.n?pred\\..*");
    private static final String STATEPOINT = "llvm.experimental.gc.statepoint.";
    private static final String IMAGE = "llvm.amdgcn.image.";

    private final Module module;
    private final Dialect dialect;
    private final IdentityHashMap<Function, Function> older = new IdentityHashMap<>();

    /** Which intrinsic is the one that is declared under a name that it had before. */
    private final Map<String, Function> printed = new HashMap<>();

    IntrinsicDialect(Module module, Dialect dialect) {
        this.module = module;
        this.dialect = dialect;
    }

    private static boolean isIntrinsic(Function function) {
        String name = function.name();
        return name != null && name.startsWith("llvm.");
    }

    /** The declaration as the LLVM printed for knows it. */
    Function declared(Function function) {
        if (dialect.isAsWritten() || !isIntrinsic(function)) {
            return function;
        }
        Function before = older.get(function);
        if (before == null) {
            before = older(function);
            older.put(function, before);
            String name = String.valueOf(before.name());
            dialect.require(IntrinsicVersions.since(name), "the intrinsic " + function.name(), function.position());
            checkSignature(before, function.position());
            checkAddressSpaces(function, before);
        }
        return before;
    }

    /** Refuses pointers into other address spaces where the intrinsic had no overloads for them before. */
    private void checkAddressSpaces(Function function, Function before) {
        String name = String.valueOf(function.name());
        boolean overloaded = name.startsWith(before.name() + ".p");
        FunctionType type = function.functionType();
        if (overloaded && (isElsewhere(type.result()) || type.parameters().stream().anyMatch(IntrinsicDialect::isElsewhere))) {
            dialect.require(
                    name.startsWith("llvm.stack") ? 18 : name.startsWith("llvm.va_") ? 19 : PrintOptions.NEWEST,
                    "the intrinsic " + name,
                    function.position());
        }
    }

    private static boolean isElsewhere(Type type) {
        return type instanceof PointerType pointer && pointer.addressSpace() != 0;
    }

    /** Refuses parameters that only a newer LLVM knows. Those of an older one a newer LLVM upgrades by itself. */
    private void checkSignature(Function function, int position) {
        String name = String.valueOf(function.name());
        boolean known = false;
        for (IntrinsicSignatures.Signature signature : IntrinsicSignatures.of(name)) {
            boolean inForce = !dialect.lacks(signature.since());
            if (signature.allows(function.functionType())) {
                if (!inForce && !known) {
                    dialect.require(signature.since(), "the intrinsic " + name + " with these parameters", position);
                }
                known = true;
            }
        }
        FunctionType type = function.functionType();
        if (type.result() instanceof VectorType && ROUNDING.matcher(name).lookingAt()) {
            dialect.require(VECTORS_TO_INTEGERS, name + " of a vector", position);
        }
        if (name.startsWith(STATEPOINT)
                && type.parameters().get(2) instanceof PointerType pointer
                && pointer.pointee() == null) {
            dialect.require(OPAQUE_POINTERS, "llvm.experimental.gc.statepoint of an opaque pointer", position);
        }
        if (PREDICATED_VECTOR.matcher(name).matches()
                && type.parameters().get(1) instanceof PointerType pointer
                && pointer.pointee() == null) {
            dialect.require(OPAQUE_POINTERS, name + " with an opaque pointer", position);
        }
        boolean pointerToImage = name.startsWith(IMAGE)
                && type.parameters().stream().anyMatch(PointerType.class::isInstance);
        if (pointerToImage) {
            dialect.require(20, "the intrinsic " + name + " with a pointer", position);
        }
    }

    /** Whether the intrinsic needs no declaration: it had none, or no call of it is left in the text. */
    boolean dropsDeclaration(Function function) {
        if (function.isImplied() && !dialect.lacks(IMPLIED_DECLARATION)) {
            return true;
        }
        String name = function.name();
        return name != null
                && !dialect.isAsWritten()
                && (isDeclaredTwice(function)
                        || (dialect.lacks(THREADLOCAL_ADDRESS) && name.startsWith("llvm.threadlocal.address."))
                        || (dialect.lacks(FAKE_USE) && name.equals("llvm.fake.use"))
                        || (dialect.lacks(DBG_ASSIGN) && name.equals("llvm.dbg.assign")));
    }

    /** Whether the older name of the intrinsic is that of another one in the module. */
    private boolean isDeclaredTwice(Function function) {
        if (!isIntrinsic(function)) {
            return false;
        }
        Function before = declared(function);
        String name = before.name();
        if (before == function || name == null) {
            return false;
        }
        return module.find(name) instanceof Function other && other != function
                || printed.putIfAbsent(name, function) != null && printed.get(name) != function;
    }

    /** Whether the call does nothing that the LLVM printed for could do. */
    boolean drops(CallBase call) {
        return (dialect.lacks(FAKE_USE) && call.isIntrinsic("llvm.fake.use"))
                || (dialect.lacks(DBG_ASSIGN) && call.isIntrinsic("llvm.dbg.assign"));
    }

    /** The argument that the call gives back, when the LLVM printed for does not have the intrinsic; null otherwise. */
    @Nullable
    Value sameValue(CallBase call) {
        return dialect.lacks(THREADLOCAL_ADDRESS) && call.isIntrinsic("llvm.threadlocal.address")
                ? call.argument(0)
                : null;
    }

    /** The call as the LLVM printed for knows it; the call itself when nothing changed. */
    CallBase spoken(CallBase call) {
        Function callee = dialect.isAsWritten() ? null : call.calledFunction();
        if (callee == null || !isIntrinsic(callee) || !(call instanceof Call plain)) {
            return call;
        }
        if (callee.isImplied() && !call.functionType().equals(callee.functionType())) {
            dialect.require(
                    IMPLIED_DECLARATION,
                    "calls of different types of " + callee.name() + " without declarations",
                    call.position());
        }
        boolean ofStatepoint = callee.name().startsWith("llvm.experimental.gc.re")
                && call.argumentCount() > 0
                && call.argument(0) instanceof Constant;
        if (ofStatepoint) {
            dialect.require(CONSTANT_STATEPOINTS, callee.name() + " of a constant", call.position());
        }
        Function before = declared(callee);
        if (before == callee) {
            return call;
        }
        CallSite site = call.site();
        List<Value> arguments = new ArrayList<>(site.arguments());
        List<AttributeSet> attributes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            attributes.add(call.argumentAttributes(i));
        }
        int place = added(callee);
        int superfluous = removed(callee);
        if (superfluous >= 0) {
            if (!(arguments.remove(superfluous) instanceof SimpleConstant)) {
                dialect.require(COROUTINE_RESULTS, "llvm.coro.end with results", call.position());
            }
            attributes.remove(superfluous);
        }
        if (place >= 0) {
            arguments.add(place, argumentAdded(callee, attributes));
            attributes.add(place, AttributeSet.EMPTY);
        }
        return new Call(
                new CallSite(
                        site.convention(),
                        site.returnAttributes(),
                        site.addressSpace(),
                        before.functionType(),
                        before,
                        arguments,
                        attributes,
                        site.attributes(),
                        site.bundles()),
                plain.tailCallKind(),
                plain.flags());
    }

    /** Where the older intrinsic has one parameter more, -1 when it has not. */
    private int added(Function function) {
        String name = String.valueOf(function.name());
        int count = function.functionType().parameters().size();
        if (name.startsWith("llvm.lifetime.") && count == 1 && dialect.lacks(LIFETIME_WITHOUT_SIZE)) {
            return 0;
        }
        if (dialect.lacks(MASKED_WITHOUT_ALIGNMENT)) {
            if ((name.startsWith("llvm.masked.load.") || name.startsWith("llvm.masked.gather.")) && count == 3) {
                return 1;
            }
            if ((name.startsWith("llvm.masked.store.") || name.startsWith("llvm.masked.scatter.")) && count == 3) {
                return 2;
            }
        }
        return -1;
    }

    /** Where the older intrinsic lacks a parameter, -1 when it does not. */
    private int removed(Function function) {
        boolean hasResults = "llvm.coro.end".equals(function.name())
                && function.functionType().parameters().size() == 3;
        return hasResults && dialect.lacks(COROUTINE_RESULTS) ? 2 : -1;
    }

    /** The argument for it: the size is not known; the alignment stood among the attributes of the pointer. */
    private static Value argumentAdded(Function function, List<AttributeSet> attributes) {
        String name = String.valueOf(function.name());
        if (name.startsWith("llvm.lifetime.")) {
            return ConstantInt.i64(-1);
        }
        int pointer = name.startsWith("llvm.masked.load.") || name.startsWith("llvm.masked.gather.") ? 0 : 1;
        return attributes.get(pointer).get("align") instanceof Attribute.Numbered align
                ? ConstantInt.i32((int) align.value())
                : ConstantInt.i32(1);
    }

    private Function older(Function function) {
        String name = String.valueOf(function.name());
        String olderName = olderName(name);
        int place = added(function);
        int superfluous = removed(function);
        if (place < 0 && superfluous < 0 && olderName.equals(name)) {
            return function;
        }
        FunctionType type = function.functionType();
        List<Type> parameters = new ArrayList<>(type.parameters());
        List<Argument> arguments = new ArrayList<>();
        for (Argument argument : function.arguments()) {
            arguments.add(new Argument(argument.type(), null, argument.attributes()));
        }
        if (superfluous >= 0) {
            parameters.remove(superfluous);
            arguments.remove(superfluous);
        }
        if (place >= 0) {
            Type added = name.startsWith("llvm.lifetime.") ? IntegerType.I64 : IntegerType.I32;
            parameters.add(place, added);
            arguments.add(place, new Argument(added, null, AttributeSet.of(new Attribute.Word("immarg"))));
        }
        Function before = new Function(olderName, new FunctionType(type.result(), parameters, type.varArg()));
        before.setArguments(arguments);
        before.setAttributes(function.attributes());
        before.setReturnAttributes(function.returnAttributes());
        before.setType(function.type());
        before.setUnnamedAddr(function.unnamedAddr());
        return before;
    }

    /** Names that got a suffix for the kind of pointer, or lost {@code experimental}. */
    private String olderName(String name) {
        if (dialect.lacks(18) && (name.startsWith("llvm.stacksave.") || name.startsWith("llvm.stackrestore."))) {
            return withoutSuffix(name);
        }
        if (dialect.lacks(19)
                && (name.startsWith("llvm.va_start.")
                        || name.startsWith("llvm.va_end.")
                        || name.startsWith("llvm.va_copy."))) {
            return withoutSuffix(name);
        }
        if (dialect.lacks(20) && name.startsWith("llvm.eh.typeid.for.")) {
            return withoutSuffix(name);
        }
        if (dialect.lacks(21) && name.startsWith("llvm.thread.pointer.")) {
            return withoutSuffix(name);
        }
        boolean wasExperimental = (dialect.lacks(19)
                        && (name.startsWith("llvm.vector.reverse.")
                                || name.startsWith("llvm.vector.splice.")
                                || name.startsWith("llvm.vector.interleave2.")
                                || name.startsWith("llvm.vector.deinterleave2.")))
                || (dialect.lacks(20) && name.startsWith("llvm.stepvector."))
                || (dialect.lacks(15)
                        && (name.startsWith("llvm.vector.insert.") || name.startsWith("llvm.vector.extract.")));
        if (wasExperimental) {
            return "llvm.experimental." + name.substring("llvm.".length());
        }
        if (dialect.lacks(16) && name.equals("llvm.get.rounding")) {
            return "llvm.flt.rounds";
        }
        if (dialect.lacks(22) && name.startsWith("llvm.vector.partial.reduce.add.")) {
            return "llvm.experimental." + name.substring("llvm.".length());
        }
        return name;
    }

    /** The name without a suffix that overloads got. Only pointers in address space 0 were possible before. */
    private static String withoutSuffix(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
