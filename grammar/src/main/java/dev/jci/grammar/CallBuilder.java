package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.AsmConstraints;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBr;
import dev.jci.ir.CallSite;
import dev.jci.ir.CallingConvention;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Invoke;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.OperandBundle;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.SpecialType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Builds calls: what stands around the callee, the arguments, and the instruction at the end. */
final class CallBuilder {
    private static final Set<String> FAST_MATH =
            Set.of("nnan", "ninf", "nsz", "arcp", "contract", "reassoc", "afn", "fast");

    private final FunctionBuilder function;
    private final ModuleBuilder module;
    private final AttributeWords attributeWords;

    private TailCallKind tailKind = TailCallKind.NONE;
    private Flags callFlags = Flags.NONE;
    private CallingConvention convention = CallingConvention.C;
    private AttributeSet returnAttributes = AttributeSet.EMPTY;
    private int callSpace = -1;
    private Type callType = SpecialType.VOID;
    private Value callee = SimpleConstant.none();
    private int calleePosition;
    private int callPosition;
    private int[] argumentPositions = new int[8];
    private final List<Value> arguments = new ArrayList<>();
    private final List<AttributeSet> argumentAttributes = new ArrayList<>();
    private boolean anyArgumentAttributes;
    private final List<AttributeGroup> groups = new ArrayList<>();
    private final List<OperandBundle> bundles = new ArrayList<>();
    private String bundleTag = "";
    private final List<Value> bundleInputs = new ArrayList<>();

    CallBuilder(FunctionBuilder function, ModuleBuilder module) {
        this.function = function;
        this.module = module;
        this.attributeWords = module.newWords();
    }

    AttributeWords words() {
        return attributeWords;
    }

    void tailKind(String word) {
        tailKind = TailCallKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * @param at where the words behind the opcode begin
     */
    void beginCall(int at) {
        callPosition = at;
        callFlags = Flags.NONE;
        convention = CallingConvention.C;
        callSpace = -1;
        arguments.clear();
        argumentAttributes.clear();
        anyArgumentAttributes = false;
        groups.clear();
        bundles.clear();
    }

    void callConvention(String words) {
        convention = new CallingConvention(words);
    }

    void callAddressSpace(int space) {
        callSpace = space;
    }

    void callType(Type type) {
        callType = type;
        if (type == SpecialType.LABEL || type == SpecialType.METADATA) {
            throw new IrSyntaxError("Invalid result type for LLVM function", module.lastStart());
        }
        List<Attribute> rest = new ArrayList<>();
        for (Attribute word : attributeWords.takeAll()) {
            if (FAST_MATH.contains(word.name())) {
                callFlags = function.constants().flag(callFlags, word.name());
            } else if (GlobalWords.isConvention(word)) {
                convention = GlobalWords.convention(word);
            } else {
                rest.add(word);
            }
        }
        returnAttributes = attributeWords.set(rest, AttributePlaces.Place.RESULT);
    }

    /** The type that the callee is to have; without a written function type it follows from arguments that come later, and {@code ptr} stands for it. */
    Type calleeType() {
        int space = callSpace < 0 ? module.programAddressSpace() : callSpace;
        if (callType instanceof FunctionType written) {
            return function.constants().pointerTo(written, space);
        }
        return PointerType.opaque(space);
    }

    void callee(Value value) {
        callee = value;
        calleePosition = module.lastStart();
    }

    /** An argument begins there. */
    void beginArgument(int at) {
        int count = arguments.size();
        if (count == argumentPositions.length) {
            argumentPositions = Arrays.copyOf(argumentPositions, 2 * count);
        }
        argumentPositions[count] = at;
    }

    void argument(Value value) {
        AttributeSet set = value instanceof MetadataAsValue
                ? AttributeSet.EMPTY
                : attributeWords.take(AttributePlaces.Place.PARAMETER);
        anyArgumentAttributes |= !set.isEmpty();
        arguments.add(value);
        argumentAttributes.add(set);
    }

    /** In a musttail call of a variadic function, the rest of the arguments is passed on without being named. */
    void forwardedVarArgs(int at) {
        if (tailKind != TailCallKind.MUSTTAIL) {
            throw new IrSyntaxError("unexpected ellipsis in argument list for non-musttail call", at);
        }
        if (!function.function().functionType().varArg()) {
            throw new IrSyntaxError(
                    "unexpected ellipsis in argument list for musttail call in non-varargs function", at);
        }
    }

    void group(int number) {
        groups.add(module.groups.numbered(number));
    }

    void beginBundle(String tag) {
        bundleTag = tag;
        bundleInputs.clear();
    }

    void bundleInput(Value value) {
        bundleInputs.add(value);
    }

    void endBundle() {
        bundles.add(new OperandBundle(bundleTag, bundleInputs));
    }

    /** The arguments fit the type of function that is written before the callee. */
    private void requireArguments(FunctionType type) {
        List<Type> parameters = type.parameters();
        for (int i = 0; i < arguments.size(); i++) {
            if (i >= parameters.size()) {
                if (!type.varArg()) {
                    throw new IrSyntaxError("too many arguments specified", argumentPositions[i]);
                }
                break;
            }
            Type given = arguments.get(i).type();
            if (given != parameters.get(i) && !function.types().agrees(given, parameters.get(i))) {
                throw new IrSyntaxError(
                        "argument is not of expected type '" + parameters.get(i) + "'", argumentPositions[i]);
            }
        }
        if (arguments.size() < parameters.size()) {
            throw new IrSyntaxError("not enough parameters specified for call", callPosition);
        }
    }

    /** The type that follows from the arguments, nearly always that of the function that is called. */
    private FunctionType impliedType() {
        if (callee instanceof Function called
                && !Globals.isUndeclared(called)
                && isCalledAsDefined(called.functionType())) {
            return called.functionType();
        }
        return function.types()
                .function(callType, arguments.stream().map(Value::type).toList(), false);
    }

    private boolean isCalledAsDefined(FunctionType type) {
        List<Type> parameters = type.parameters();
        if (type.varArg() || type.result() != callType || parameters.size() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).type() != parameters.get(i)) {
                return false;
            }
        }
        return true;
    }

    private CallSite site() {
        FunctionType type = switch (callType) {
            case FunctionType written -> {
                requireArguments(written);
                yield written;
            }
            default -> impliedType();
        };
        if (callee instanceof Function intrinsic && Globals.isUndeclared(intrinsic)) {
            module.requireOrder(intrinsic);
            intrinsic.setValueType(type);
            intrinsic.setType(function.constants().pointerTo(type, module.programAddressSpace()));
            intrinsic.setArguments(type.parameters().stream()
                    .map(parameter -> new Argument(parameter, null, AttributeSet.EMPTY))
                    .toList());
        }
        switch (callee) {
            case Function called -> {
                String name = called.name();
                if (name != null && name.startsWith("llvm.dbg.")) {
                    module.debugInfo.noteIntrinsic(function.position());
                }
            }
            case InlineAsm assembly -> {
                String complaint = AsmConstraints.complaint(assembly.constraints(), type);
                if (complaint != null) {
                    throw function.error(complaint);
                }
            }
            default -> {}
        }
        requireCalleeType(type);
        AttributeSet direct = attributeWords.take(AttributePlaces.Place.FUNCTION);
        FunctionAttributes attributes =
                direct.isEmpty() && groups.isEmpty() ? FunctionAttributes.NONE : new FunctionAttributes(direct, groups);
        return new CallSite(
                convention,
                returnAttributes,
                callSpace,
                type,
                callee,
                List.copyOf(arguments),
                anyArgumentAttributes ? List.copyOf(argumentAttributes) : List.of(),
                attributes,
                List.copyOf(bundles));
    }

    /** A callee whose type was not written has the type that follows from the arguments, where an LLVM looks at it. */
    private void requireCalleeType(FunctionType type) {
        if (function.types().strict()
                && callee.type() instanceof PointerType pointer
                && !pointer.isOpaque()
                && !type.equals(pointer.pointee())) {
            throw new IrSyntaxError(
                    "'" + callee + "' defined with type '" + pointer + "' but expected '"
                            + function.types().pointer(type, pointer.addressSpace()) + "'",
                    calleePosition);
        }
    }

    void call() {
        if (!callFlags.isEmpty()) {
            Type result = callType instanceof FunctionType written ? written.result() : callType;
            if (!OperationBuilder.takesFastMath(result)) {
                throw new IrSyntaxError(
                        "fast-math-flags specified for call without floating-point scalar or vector return type",
                        callPosition);
            }
        }
        Call made = new Call(site(), tailKind, callFlags);
        tailKind = TailCallKind.NONE;
        function.add(made);
    }

    void invoke(BasicBlock normal, BasicBlock unwind) {
        function.add(new Invoke(site(), normal, unwind));
    }

    void callBr(BasicBlock normal, List<BasicBlock> others) {
        function.add(new CallBr(site(), normal, others));
    }
}
