package dev.jci.ir.verify;

import dev.jci.ir.FloatingPointType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that the target-independent intrinsics take and return (LangRef, "Intrinsic Functions"). A signature is a list of words, the
 * result first: {@code int}, {@code float}, {@code pointer}, {@code vector} and {@code any} stand for a type of that kind, or a vector of
 * such; {@code =1} for the same type as that parameter, {@code =0} for that of the result, {@code bool1} for {@code i1} in the shape of
 * parameter 1, {@code element1} for the elements of parameter 1; everything else for itself. Where the signature changed with a version
 * of LLVM and old ones are still read, all of them stand.
 */
final class IntrinsicSignatures {
    /** What is wrong with a declaration. */
    private static final String WRONG_RESULT = "Intrinsic has incorrect return type!";

    private static final String WRONG_ARGUMENT = "Intrinsic has incorrect argument type!";

    private static final Map<String, List<String[]>> TABLE = new HashMap<>();

    static {
        add(
                "float =0",
                "canonicalize ceil cos exp exp2 exp10 fabs floor log log10 log2 nearbyint rint round roundeven");
        add("float =0", "sin sqrt tan trunc acos asin atan cosh sinh tanh");
        add("float =0 =0", "copysign maximum maximumnum maxnum minimum minimumnum minnum pow");
        add("float =0 =0 =0", "fma fmuladd");
        add("float =0 int", "powi ldexp");
        add("int float", "lrint llrint lround llround fptosi.sat fptoui.sat");
        add("int =0", "bitreverse bswap ctpop");
        add("int =0 i1", "abs");
        add("int =0", "ctlz cttz");
        add("int =0 i1", "ctlz cttz");
        add("int =0 =0", "smax smin umax umin sadd.sat ssub.sat sshl.sat uadd.sat usub.sat ushl.sat");
        add("int =0 =0 =0", "fshl fshr");
        add("int =0 =0 i32", "smul.fix smul.fix.sat umul.fix umul.fix.sat sdiv.fix sdiv.fix.sat udiv.fix udiv.fix.sat");
        add("{=1,bool1} int =1", "sadd.with.overflow ssub.with.overflow smul.with.overflow");
        add("{=1,bool1} int =1", "uadd.with.overflow usub.with.overflow umul.with.overflow");
        add("int =2 int", "scmp ucmp");
        add("i1 any", "is.constant");
        add("bool1 float i32", "is.fpclass");
        add("element1 vector", "vector.reduce.add vector.reduce.mul vector.reduce.and vector.reduce.or");
        add("element1 vector", "vector.reduce.xor vector.reduce.smax vector.reduce.smin vector.reduce.umax");
        add("element1 vector", "vector.reduce.umin vector.reduce.fmax vector.reduce.fmin vector.reduce.fmaximum");
        add("element1 vector", "vector.reduce.fminimum");
        add("element2 =0 vector", "vector.reduce.fadd vector.reduce.fmul");
        add("vector =0", "vector.reverse experimental.vector.reverse");
        add("vector =0 =0 i32", "vector.splice experimental.vector.splice");
        add("void", "debugtrap trap donothing sideeffect eh.unwind.init");
        add("i64", "readcyclecounter readsteadycounter");
        add("void i1", "assume");
        add("int =0 =0", "expect");
        add("int =0 =0 double", "expect.with.probability");
        add("pointer i32", "returnaddress frameaddress");
        add("pointer", "addressofreturnaddress sponentry stacksave stackguard");
        add("void pointer", "stackrestore va_start va_end");
        add("void pointer pointer", "va_copy");
        add("void pointer i32 i32 i32", "prefetch");
        add("void i64 pointer", "lifetime.start lifetime.end");
        add("void pointer", "lifetime.start lifetime.end");
        add("void pointer pointer int i1", "memcpy memmove memcpy.inline");
        add("void pointer pointer int i32 i1", "memcpy memmove");
        add("void pointer i8 int i1", "memset memset.inline");
        add("void pointer i8 int i32 i1", "memset");
        add("pointer =0", "launder.invariant.group strip.invariant.group");
    }

    private IntrinsicSignatures() {}

    private static void add(String signature, String names) {
        for (String name : names.split(" ", -1)) {
            TABLE.computeIfAbsent("llvm." + name, key -> new ArrayList<>()).add(signature.split(" ", -1));
        }
    }

    /**
     * Says what is wrong with a declaration.
     *
     * @param name the name, with the suffixes that stand for types
     * @param type the type
     * @return null for a right one, and for an intrinsic that is not in the table
     */
    static @Nullable String complaint(@Nullable String name, FunctionType type) {
        String first = null;
        for (String[] signature : find(name)) {
            String complaint = complaint(signature, type);
            if (complaint == null) {
                return null;
            }
            first = first == null ? complaint : first;
        }
        return first;
    }

    private static List<String[]> find(@Nullable String name) {
        String prefix = name == null ? "" : name;
        while (true) {
            List<String[]> found = TABLE.get(prefix);
            int dot = prefix.lastIndexOf('.');
            if (found != null || dot < 0) {
                return found == null ? List.of() : found;
            }
            if (!isTypeSuffix(prefix.substring(dot + 1))) {
                return List.of();
            }
            prefix = prefix.substring(0, dot);
        }
    }

    /** Whether a part of a name stands for a type, so that what comes before it may be the name proper. */
    private static boolean isTypeSuffix(String part) {
        return part.matches("(nxv\\d+|v\\d+|p\\d+)*(i\\d+|f\\d+|bf16|ppcf128|p\\d+.*|isVoid|sl?_.*|s_.*|a\\d+.*)");
    }

    private static @Nullable String complaint(String[] signature, FunctionType type) {
        List<Type> parameters = type.parameters();
        if (parameters.size() < signature.length - 1) {
            return "Intrinsic has too few arguments!";
        }
        if (parameters.size() > signature.length - 1) {
            return WRONG_ARGUMENT;
        }
        if (type.varArg()) {
            return "Intrinsic was not defined with variable arguments!";
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!fits(signature[i + 1], parameters.get(i), type)) {
                return WRONG_ARGUMENT;
            }
        }
        return fits(signature[0], type.result(), type) ? null : WRONG_RESULT;
    }

    private static boolean fits(String word, Type type, FunctionType function) {
        if (word.startsWith("{")) {
            Type body = type instanceof NamedStruct named && named.body() != null ? named.body() : type;
            return body instanceof StructType struct
                    && struct.elements().size() == 2
                    && fits("=1", struct.elements().get(0), function)
                    && fits("bool1", struct.elements().get(1), function);
        }
        char last = word.charAt(word.length() - 1);
        if (word.startsWith("=")) {
            return type.equals(at(last, function));
        }
        if (word.startsWith("bool")) {
            return sameShape(at(last, function), IntegerType.I1).equals(type);
        }
        if (word.startsWith("element")) {
            return at(last, function) instanceof VectorType vector
                    && vector.element().equals(type);
        }
        return switch (word) {
            case "int" -> type.isIntegerOrVector();
            case "float" -> type.isFloatingPointOrVector();
            case "pointer" -> type.isPointerOrVector();
            case "vector" -> type instanceof VectorType;
            case "any" -> true;
            case "void" -> type == SpecialType.VOID;
            case "double" -> type == FloatingPointType.DOUBLE;
            default -> type instanceof IntegerType integer && word.equals("i" + integer.bits());
        };
    }

    private static Type at(char index, FunctionType function) {
        return index == '0' ? function.result() : function.parameters().get(index - '1');
    }

    private static Type sameShape(Type shape, Type element) {
        return shape instanceof VectorType vector
                ? new VectorType(vector.scalable(), vector.length(), element)
                : element;
    }
}
