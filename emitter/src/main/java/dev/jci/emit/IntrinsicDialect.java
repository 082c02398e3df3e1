package dev.jci.emit;

import dev.jci.ir.Argument;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CallSite;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ElementTypes;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Intrinsics whose names or parameters changed between LLVM 14 and 22, as an older LLVM knows them. A newer one upgrades what it reads by
 * itself.
 */
final class IntrinsicDialect {
    /** The first LLVM that reads calls of intrinsics that are not declared. */
    static final int IMPLIED_DECLARATION = 19;

    /** The first LLVM in which {@code llvm.coro.end} takes the results of the coroutine. */
    static final int COROUTINE_RESULTS = 18;

    /** The first LLVM that demands {@code elementtype} of all intrinsics that look at what a pointer points to. */
    private static final int ELEMENT_TYPES = 15;

    private static final int LIFETIME_WITHOUT_SIZE = 22;
    private static final int MASKED_WITHOUT_ALIGNMENT = 22;
    private static final int THREADLOCAL_ADDRESS = 16;
    private static final int ALLOWED_CHECKS = 19;
    private static final int STATIC_OFFSETS = 18;
    private static final int FAKE_USE = 20;
    private static final int DBG_ASSIGN = 16;

    /** In the places of parameters: one that only the older intrinsic has. */
    private static final int ADDED = -1;

    private final Module module;
    private final Dialect dialect;
    private final IntrinsicChecks checks;
    private final IdentityHashMap<Function, Function> older = new IdentityHashMap<>();

    /** Which intrinsic is the one that is declared under a name that it had before. */
    private final Map<String, Function> printed = new HashMap<>();

    IntrinsicDialect(Module module, Dialect dialect) {
        this.module = module;
        this.dialect = dialect;
        this.checks = new IntrinsicChecks(dialect);
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
            checks.declaration(function, before);
        }
        return before;
    }

    /** Whether the intrinsic needs no declaration: it had none, or no call of it is left in the text. */
    boolean dropsDeclaration(Function function) {
        if (function.isImplied() && !dialect.lacks(IMPLIED_DECLARATION)) {
            return true;
        }
        return isIntrinsic(function)
                && !dialect.isAsWritten()
                && (firstWithCall(String.valueOf(function.name())) != 0 || isDeclaredTwice(function));
    }

    /** Whether the older name of the intrinsic is that of another one in the module. */
    private boolean isDeclaredTwice(Function function) {
        Function before = declared(function);
        String name = before.name();
        if (before == function || name == null) {
            return false;
        }
        boolean other = module.find(name) instanceof Function existing && existing != function;
        return other || printed.computeIfAbsent(name, key -> function) != function;
    }

    /** The first LLVM that has an intrinsic without which the module means the same, when that is not printed for; 0 otherwise. */
    private int firstWithCall(String name) {
        int since = name.startsWith("llvm.threadlocal.address.")
                ? THREADLOCAL_ADDRESS
                : switch (name) {
                    case "llvm.fake.use" -> FAKE_USE;
                    case "llvm.preserve.static.offset" -> STATIC_OFFSETS;
                    case "llvm.allow.runtime.check", "llvm.allow.ubsan.check" -> ALLOWED_CHECKS;
                    default -> 0;
                };
        return dialect.lacks(since) ? since : 0;
    }

    /** Whether the call does nothing that the LLVM printed for could do. */
    boolean drops(CallBase call) {
        return dialect.lacks(FAKE_USE) && call.isIntrinsic("llvm.fake.use") && dialect.drops(FAKE_USE, "llvm.fake.use");
    }

    /** What the call gives, when the LLVM printed for does not have the intrinsic but has the value anyway; null otherwise. */
    @Nullable
    Value sameValue(CallBase call) {
        Function callee = dialect.isAsWritten() ? null : call.calledFunction();
        if (callee == null || !isIntrinsic(callee)) {
            return null;
        }
        String name = String.valueOf(callee.name());
        int since = firstWithCall(name);
        if (since == 0) {
            return null;
        }
        dialect.dropped(since, name);
        // A check may be left out at will, and also be kept at will, which changes nothing for whoever has it in the
        // program.
        return name.startsWith("llvm.allow.") ? ConstantInt.TRUE : call.argument(0);
    }

    /** Refuses what {@code callbr} did not have before. */
    void check(CallBr br) {
        checks.branch(br);
    }

    /** The attributes of an argument; from LLVM 15 on they say what a pointer points to where its type says so in the module. */
    AttributeSet argumentAttributes(CallBase call, int index) {
        AttributeSet attributes = call.argumentAttributes(index);
        if (dialect.isAtLeast(ELEMENT_TYPES)
                && call.argument(index).type() instanceof PointerType pointer
                && pointer.pointee() != null
                && ElementTypes.argument(call) == index
                && !attributes.has("elementtype")) {
            return attributes.with(new Attribute.Typed("elementtype", pointer.pointee()));
        }
        return attributes;
    }

    /** The call as the LLVM printed for knows it; the call itself when nothing changed. */
    CallBase spoken(CallBase call) {
        Function callee = dialect.isAsWritten() ? null : call.calledFunction();
        if (callee == null || !isIntrinsic(callee)) {
            return call;
        }
        checks.call(call, callee);
        Function before = declared(callee);
        if (before == callee || !(call instanceof Call plain)) {
            return call;
        }
        CallSite site = call.site();
        List<Value> arguments = new ArrayList<>();
        List<AttributeSet> attributes = new ArrayList<>();
        for (int place : places(callee)) {
            arguments.add(place == ADDED ? argumentAdded(call, callee) : call.argument(place));
            attributes.add(place == ADDED ? AttributeSet.EMPTY : call.argumentAttributes(place));
        }
        if (callee.functionType().varArg()) {
            for (int i = callee.functionType().parameters().size(); i < call.argumentCount(); i++) {
                arguments.add(call.argument(i));
                attributes.add(call.argumentAttributes(i));
            }
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

    /** The parameters of the older intrinsic: for each its place among those of the newer one, or {@link #ADDED}. */
    private int[] places(Function function) {
        String name = String.valueOf(function.name());
        int count = function.functionType().parameters().size();
        if (name.startsWith("llvm.lifetime.") && count == 1 && dialect.lacks(LIFETIME_WITHOUT_SIZE)) {
            return new int[] {ADDED, 0};
        }
        if (name.startsWith("llvm.masked.") && count == 3 && dialect.lacks(MASKED_WITHOUT_ALIGNMENT)) {
            if (isMaskedRead(name)) {
                return new int[] {0, ADDED, 1, 2};
            }
            if (name.startsWith("llvm.masked.store.") || name.startsWith("llvm.masked.scatter.")) {
                return new int[] {0, 1, ADDED, 2};
            }
        }
        if (name.equals("llvm.coro.end") && count == 3 && dialect.lacks(COROUTINE_RESULTS)) {
            return new int[] {0, 1};
        }
        if (name.equals("llvm.dbg.assign") && count == 6 && dialect.lacks(DBG_ASSIGN)) {
            return new int[] {0, 1, 2};
        }
        return IntStream.range(0, count).toArray();
    }

    private static boolean isMaskedRead(String name) {
        return name.startsWith("llvm.masked.load.") || name.startsWith("llvm.masked.gather.");
    }

    /** The argument that only the older intrinsic has: the size is not known; the alignment stands among the attributes of the pointer. */
    private static Value argumentAdded(CallBase call, Function callee) {
        String name = String.valueOf(callee.name());
        if (name.startsWith("llvm.lifetime.")) {
            return ConstantInt.i64(-1);
        }
        AttributeSet ofPointer = call.argumentAttributes(isMaskedRead(name) ? 0 : 1);
        return ofPointer.get("align") instanceof Attribute.Numbered align
                ? ConstantInt.i32((int) align.value())
                : ConstantInt.i32(1);
    }

    private Function older(Function function) {
        String name = String.valueOf(function.name());
        String olderName = olderName(name);
        int[] places = places(function);
        FunctionType type = function.functionType();
        List<Type> parameters = new ArrayList<>();
        List<Argument> arguments = new ArrayList<>();
        for (int place : places) {
            if (place == ADDED) {
                Type added = name.startsWith("llvm.lifetime.") ? IntegerType.I64 : IntegerType.I32;
                parameters.add(added);
                arguments.add(new Argument(added, null, AttributeSet.of(new Attribute.Word("immarg"))));
            } else {
                Argument argument = function.arguments().get(place);
                parameters.add(argument.type());
                arguments.add(new Argument(argument.type(), null, argument.attributes()));
            }
        }
        if (parameters.equals(type.parameters()) && olderName.equals(name)) {
            return function;
        }
        dialect.rewritten(name, parameters.equals(type.parameters()) ? olderName : olderName + " as it was before");
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
        if (dialect.lacks(DBG_ASSIGN) && name.equals("llvm.dbg.assign")) {
            return "llvm.dbg.value";
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
