package dev.jci.ir.verify;

import dev.jci.ir.Argument;
import dev.jci.ir.ArrayType;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.AttributePlaces.Place;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.CallBase;
import dev.jci.ir.DataLayout;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about attributes: which types they apply to, how often they may stand, what excludes what (LangRef, "Parameter Attributes"). */
final class AttributeRules {
    private static final Set<String> POINTER_ONLY = Set.of(
            "allocptr",
            "byref",
            "byval",
            "dereferenceable",
            "dereferenceable_or_null",
            "elementtype",
            "inalloca",
            "nest",
            "noalias",
            "nocapture",
            "nonnull",
            "preallocated",
            "readnone",
            "readonly",
            "sret",
            "swifterror",
            "writeonly");

    private static final Set<String> INTEGER_ONLY = Set.of("signext", "zeroext");

    private static final Set<String> SIZED = Set.of("byref", "byval", "inalloca", "preallocated");

    private static final Set<String> ONCE = Set.of("nest", "returned", "sret", "swiftasync", "swifterror", "swiftself");

    /** String attributes that are true, false or empty. */
    private static final Set<String> TRUTH_VALUES = Set.of(
            "approx-func-fp-math",
            "less-precise-fpmad",
            "no-infs-fp-math",
            "no-inline-line-tables",
            "no-jump-tables",
            "no-nans-fp-math",
            "no-signed-zeros-fp-math",
            "profile-sample-accurate",
            "unsafe-fp-math",
            "use-sample-profile");

    private static final long LARGEST_PASSED = 1L << 32;

    private final Findings findings;
    private final @Nullable Module module;
    private int position;

    AttributeRules(Function function, Findings findings) {
        this.findings = findings;
        this.module = function.parent();
    }

    private void error(String message) {
        findings.error(message, position);
    }

    /** Checks what stands on the function itself. */
    void check(Function function) {
        if (IntrinsicRules.isIntrinsic(function)) {
            // LLVM puts its own attributes in place of those that are written on an intrinsic.
            return;
        }
        position = function.position();
        checkValue(function.returnAttributes(), function.functionType().result(), Place.RESULT);
        long seen = 0;
        List<Argument> arguments = function.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            AttributeSet attributes = arguments.get(i).attributes();
            if (attributes.isEmpty()) {
                continue;
            }
            checkParameter(attributes, arguments.get(i).type(), i);
            seen = checkOnce(attributes, seen);
            if (attributes.has("immarg")) {
                error("immarg attribute only applies to intrinsics");
            }
            if (attributes.has("inalloca") && i != arguments.size() - 1) {
                error("inalloca isn't on the last parameter!");
            }
        }
        checkFunctionAttributes(function.attributes(), function.functionType());
    }

    /** Checks what stands on a call. */
    void check(CallBase call) {
        position = call.position();
        FunctionType type = call.functionType();
        checkValue(call.returnAttributes(), type.result(), Place.RESULT);
        long seen = 0;
        int fixed = type.parameters().size();
        for (int i = 0; i < call.argumentCount(); i++) {
            AttributeSet attributes = call.argumentAttributes(i);
            if (attributes.isEmpty()) {
                continue;
            }
            if (call.argument(i).type() == SpecialType.METADATA) {
                // There is no place for them in the text.
                error("a metadata argument has no attributes");
            }
            checkParameter(attributes, call.argument(i).type(), i);
            seen = checkOnce(attributes, seen);
            if (i >= fixed && attributes.has("sret")) {
                error("Attribute 'sret' cannot be used for vararg call arguments!");
            }
            if (attributes.has("inalloca") && i != call.argumentCount() - 1) {
                error("inalloca isn't on the last argument!");
            }
            if (attributes.has("immarg") && !calleeHas(call, i)) {
                error("immarg may not apply only to call sites");
            }
        }
        FunctionAttributes attributes = call.attributes();
        for (Attribute attribute : attributes.direct().attributes()) {
            checkPlace(attribute, Place.FUNCTION);
        }
        checkVariants(attributes, type);
        Function callee = call.calledFunction();
        if (callee != null
                && attributes.has("speculatable")
                && !callee.attributes().has("speculatable")) {
            error("speculatable attribute may not apply to call sites");
        }
    }

    private static boolean calleeHas(CallBase call, int index) {
        Function callee = call.calledFunction();
        return callee != null
                && (IntrinsicRules.isIntrinsic(callee)
                        || (index < callee.arguments().size()
                                && callee.arguments().get(index).attributes().has("immarg")));
    }

    private long checkOnce(AttributeSet attributes, long seen) {
        long now = seen;
        int bit = 0;
        for (String name : ONCE) {
            if (attributes.has(name)) {
                if (((now >> bit) & 1) != 0) {
                    error("Cannot have multiple '" + name + "' parameters!");
                }
                now |= 1L << bit;
            }
            bit++;
        }
        return now;
    }

    private void checkParameter(AttributeSet attributes, Type type, int index) {
        checkValue(attributes, type, Place.PARAMETER);
        if (attributes.has("sret") && index > 1) {
            error("Attribute 'sret' is not on first or second parameter!");
        }
        int passing = count(attributes, "byval", "inalloca", "preallocated", "nest", "byref")
                + (attributes.has("sret") || attributes.has("inreg") ? 1 : 0);
        if (passing > 1) {
            error("Attributes 'byval', 'inalloca', 'preallocated', 'inreg', 'nest', 'byref', and 'sret' are"
                    + " incompatible!");
        }
        exclude(attributes, "inalloca", "readonly");
        exclude(attributes, "sret", "returned");
        exclude(attributes, "readnone", "readonly");
        exclude(attributes, "readnone", "writeonly");
        exclude(attributes, "readonly", "writeonly");
    }

    private static int count(AttributeSet attributes, String... names) {
        int count = 0;
        for (String name : names) {
            count += attributes.has(name) ? 1 : 0;
        }
        return count;
    }

    private void exclude(AttributeSet attributes, String one, String other) {
        if (attributes.has(one) && attributes.has(other)) {
            error("Attributes '" + one + "' and '" + other + "' are incompatible!");
        }
    }

    /** A reader checks this too, in these words. */
    private void checkPlace(Attribute attribute, Place place) {
        String complaint = AttributePlaces.complaint(attribute, place, LanguageVersion.ANY);
        if (complaint != null) {
            error(complaint);
        }
    }

    private void checkValue(AttributeSet attributes, Type type, Place place) {
        if (attributes.isEmpty()) {
            return;
        }
        exclude(attributes, "zeroext", "signext");
        for (Attribute attribute : attributes.attributes()) {
            String name = attribute.name();
            checkPlace(attribute, place);
            boolean fits = !(attribute instanceof Attribute.Text);
            boolean compatible = switch (name) {
                case "align" -> type.isPointerOrVector();
                case "nofpclass" -> isFloatingPoint(type);
                case "noundef" -> type != SpecialType.VOID;
                case "allocalign" -> type.isIntegerOrVector();
                default ->
                    POINTER_ONLY.contains(name)
                            ? type.isPointerOrVector()
                            : !INTEGER_ONLY.contains(name) || type.isIntegerOrVector();
            };
            if (fits && !compatible) {
                error("Attribute '" + name + "' applied to incompatible type!");
            }
            if (attribute instanceof Attribute.Typed typed) {
                checkPassed(typed, type);
            }
        }
    }

    private void checkPassed(Attribute.Typed attribute, Type type) {
        if (!SIZED.contains(attribute.name())) {
            return;
        }
        if (!SizedTypes.isSized(attribute.type())) {
            error("Attribute '" + attribute.name() + "' does not support unsized types!");
        } else if (findings.since(19)
                && module != null
                && DataLayout.of(module).sizeOf(attribute.type()).orElse(0) >= LARGEST_PASSED) {
            error("huge '" + attribute.name() + "' arguments are unsupported");
        }
        if (findings.until(14)
                && type instanceof PointerType pointer
                && pointer.pointee() != null
                && !attribute.type().equals(pointer.pointee())) {
            error("Attribute '" + attribute.name() + "' type does not match parameter!");
        }
    }

    private static boolean isFloatingPoint(Type type) {
        Type element = type;
        while (element instanceof ArrayType array) {
            element = array.element();
        }
        return switch (element.scalar()) {
            case FloatingPointType scalar -> true;
            case dev.jci.ir.StructType struct -> true;
            case NamedStruct named -> true;
            default -> false;
        };
    }

    /** LLVM looks at these names since it checks that they fit the function. */
    private void checkVariants(FunctionAttributes attributes, FunctionType type) {
        if (findings.since(19)
                && attributes.get("vector-function-abi-variant") instanceof Attribute.Text names
                && !VectorVariantName.isValid(names.value(), type.parameters().size())) {
            error("invalid name for a VFABI variant: " + names.value());
        }
    }

    private void checkFunctionAttributes(FunctionAttributes attributes, FunctionType type) {
        if (attributes.isEmpty()) {
            return;
        }
        checkVariants(attributes, type);
        checkFunctionAttributes(attributes.direct());
        attributes.groups().forEach(group -> checkFunctionAttributes(group.attributes()));
        excludeOnFunction(attributes, "noinline", "alwaysinline");
        excludeOnFunction(attributes, "optnone", "optsize");
        excludeOnFunction(attributes, "optnone", "minsize");
        excludeOnFunction(attributes, "aarch64_pstate_sm_enabled", "aarch64_pstate_sm_compatible");
        if (attributes.has("optnone") && !attributes.has("noinline")) {
            error("Attribute 'optnone' requires 'noinline'!");
        }
    }

    private void excludeOnFunction(FunctionAttributes attributes, String one, String other) {
        if (attributes.has(one) && attributes.has(other)) {
            error("Attributes '" + one + " and " + other + "' are incompatible!");
        }
    }

    private void checkFunctionAttributes(AttributeSet attributes) {
        for (Attribute attribute : attributes.attributes()) {
            if (!(attribute instanceof Attribute.Text text)) {
                checkPlace(attribute, Place.FUNCTION);
                continue;
            }
            boolean valid = switch (text.name()) {
                case "frame-pointer" ->
                    Set.of("all", "non-leaf", "none", "reserved", "non-leaf-no-reserve")
                            .contains(text.value());
                case "sign-return-address" -> Set.of("all", "non-leaf", "none").contains(text.value());
                case "sign-return-address-key" -> Set.of("a_key", "b_key").contains(text.value());
                case "patchable-function-entry", "patchable-function-prefix", "warn-stack-size" ->
                    isUnsigned(text.value());
                default ->
                    !TRUTH_VALUES.contains(text.name())
                            || Set.of("", "true", "false").contains(text.value());
            };
            if (!valid) {
                error("invalid value for '" + text.name() + "' attribute: " + text.value());
            }
        }
    }

    private static boolean isUnsigned(String text) {
        return !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
