package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls: {@code call}, {@code invoke} or {@code callbr}. The operands are the callee, the arguments, the inputs of the operand
 * bundles and, last, the destinations.
 */
public abstract sealed class CallBase extends Instruction permits Call, CallBr, Invoke {
    private CallingConvention callingConvention;
    private AttributeSet returnAttributes;
    private final int addressSpace;
    private FunctionType functionType;
    private final int argumentCount;
    private List<AttributeSet> argumentAttributes;
    private FunctionAttributes attributes;
    private final List<Bundle> bundles;

    private record Bundle(String tag, int start, int count) {}

    CallBase(CallSite site, Value... destinations) {
        super(site.functionType().result(), site.operands(destinations));
        this.callingConvention = site.convention();
        this.returnAttributes = site.returnAttributes();
        this.addressSpace = site.addressSpace();
        this.functionType = site.functionType();
        this.argumentCount = site.arguments().size();
        this.argumentAttributes = List.copyOf(site.argumentAttributes());
        this.attributes = site.attributes();
        this.bundles = site.bundles().isEmpty() ? List.of() : bundles(site);
    }

    private static List<Bundle> bundles(CallSite site) {
        List<Bundle> bundles = new ArrayList<>();
        int start = 1 + site.arguments().size();
        for (OperandBundle bundle : site.bundles()) {
            bundles.add(new Bundle(bundle.tag(), start, bundle.inputs().size()));
            start += bundle.inputs().size();
        }
        return bundles;
    }

    /** What is called. */
    public Value callee() {
        return operand(0);
    }

    /** Changes what is called. */
    public void setCallee(Value callee) {
        setOperand(0, callee);
    }

    /** The function called directly, null when the callee is anything else. */
    public @Nullable Function calledFunction() {
        return operand(0) instanceof Function function ? function : null;
    }

    /** Whether the callee is an intrinsic of LLVM: a function whose name begins with {@code llvm.}. */
    public boolean isIntrinsic() {
        return operand(0) instanceof Function function
                && function.name() != null
                && function.name().startsWith("llvm.");
    }

    /** Whether the callee is the intrinsic of that name, or one of its overloads, {@code name.}something. */
    public boolean isIntrinsic(String name) {
        if (!(operand(0) instanceof Function function) || function.name() == null) {
            return false;
        }
        String called = function.name();
        return called.startsWith(name) && (called.length() == name.length() || called.charAt(name.length()) == '.');
    }

    /** Whether the call may return a second time, as one of {@code setjmp}: it has the attribute {@code returns_twice}, or the callee has. */
    public boolean mayReturnTwice() {
        return attributes.has("returns_twice")
                || (operand(0) instanceof Function function
                        && function.attributes().has("returns_twice"));
    }

    /** The type of the function called. */
    public FunctionType functionType() {
        return functionType;
    }

    /** Changes the type of the function called. */
    public void setFunctionType(FunctionType functionType) {
        this.functionType = functionType;
    }

    /** The number of arguments. */
    public int argumentCount() {
        return argumentCount;
    }

    /** The argument at that place. */
    public Value argument(int index) {
        return operand(1 + index);
    }

    /** The arguments, a live view that replaces in place. */
    public List<Value> arguments() {
        return operands().subList(1, 1 + argumentCount);
    }

    /** The attributes of the argument at that place. */
    public AttributeSet argumentAttributes(int index) {
        return index < argumentAttributes.size() ? argumentAttributes.get(index) : AttributeSet.EMPTY;
    }

    /** Replaces the attributes of the arguments. */
    public void setArgumentAttributes(List<AttributeSet> argumentAttributes) {
        this.argumentAttributes = List.copyOf(argumentAttributes);
    }

    /** The calling convention. */
    public CallingConvention callingConvention() {
        return callingConvention;
    }

    /** Changes the calling convention. */
    public void setCallingConvention(CallingConvention callingConvention) {
        this.callingConvention = callingConvention;
    }

    /** The attributes of the result. */
    public AttributeSet returnAttributes() {
        return returnAttributes;
    }

    /** Changes the attributes of the result. */
    public void setReturnAttributes(AttributeSet returnAttributes) {
        this.returnAttributes = returnAttributes;
    }

    /** The address space of the callee as written, -1 when not written. */
    public int addressSpace() {
        return addressSpace;
    }

    /** The function attributes of the call. */
    public FunctionAttributes attributes() {
        return attributes;
    }

    /** Changes the function attributes of the call. */
    public void setAttributes(FunctionAttributes attributes) {
        this.attributes = attributes;
    }

    /** The operand bundles as they are now. */
    public List<OperandBundle> bundles() {
        if (bundles.isEmpty()) {
            return List.of();
        }
        return bundles.stream()
                .map(bundle ->
                        new OperandBundle(bundle.tag, operands().subList(bundle.start, bundle.start + bundle.count)))
                .toList();
    }

    /** The call as a recipe for another one. */
    public CallSite site() {
        return new CallSite(
                callingConvention,
                returnAttributes,
                addressSpace,
                functionType,
                callee(),
                List.copyOf(arguments()),
                argumentAttributes,
                attributes,
                bundles());
    }
}
