package dev.jci.ir.diff;

import dev.jci.ir.ArrayType;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantDataString;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantPtrAuth;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.Flags;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.IntegerType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Hashes of types, constants, flags and attributes that are equal where these mean the same. */
final class StructureHash {
    /** How far named structures are followed; those in cycles never end. */
    private static final int DEEPEST_STRUCT = 3;

    private static final Set<String> FAST = Set.of("nnan", "ninf", "nsz", "arcp", "contract", "afn", "reassoc");
    private static final long ZERO = Mix.of("zeroinitializer");

    private final ToLongFunction<GlobalValue> globals;
    private final Map<Type, Long> types = new HashMap<>();

    /**
     * @param globals what stands for a global that is referred to
     */
    StructureHash(ToLongFunction<GlobalValue> globals) {
        this.globals = globals;
    }

    /** The hash of a type. */
    long of(Type type) {
        Long known = types.get(type);
        if (known == null) {
            known = of(type, 0);
            types.put(type, known);
        }
        return known;
    }

    private long of(Type type, int depth) {
        return switch (type) {
            case IntegerType integer -> Mix.of(1, integer.bits());
            case FloatingPointType floating -> Mix.of(2, Mix.of(floating));
            case SpecialType special -> Mix.of(3, Mix.of(special));
            case PointerType pointer -> {
                Type pointee = pointer.pointee();
                yield Mix.of(Mix.of(4, pointer.addressSpace()), pointee == null ? 0 : of(pointee, depth));
            }
            case ArrayType array -> Mix.of(Mix.of(5, array.length()), of(array.element(), depth));
            case VectorType vector ->
                Mix.of(Mix.of(vector.scalable() ? 6 : 7, vector.length()), of(vector.element(), depth));
            case StructType struct -> of(struct, depth);
            case NamedStruct named -> {
                StructType body = named.body();
                long shape = body == null ? 0 : body.elements().size() + 1L;
                yield Mix.of(Mix.of(9, shape), body == null || depth == DEEPEST_STRUCT ? 0 : of(body, depth + 1));
            }
            case FunctionType function -> {
                long hash = Mix.of(function.varArg() ? 10 : 11, of(function.result(), depth));
                for (Type parameter : function.parameters()) {
                    hash = Mix.of(hash, of(parameter, depth));
                }
                yield hash;
            }
            case TargetExtType target -> {
                long hash = Mix.of(Mix.of(target.name()), target.integers().hashCode());
                for (Type parameter : target.types()) {
                    hash = Mix.of(hash, of(parameter, depth));
                }
                yield hash;
            }
        };
    }

    private long of(StructType struct, int depth) {
        long hash = struct.packed() ? 8 : 12;
        for (Type element : struct.elements()) {
            hash = Mix.of(hash, of(element, depth));
        }
        return hash;
    }

    /** The hash of a constant with its type; 0 for none. */
    long of(@Nullable Constant constant) {
        return constant == null ? 0 : Mix.of(of(constant.type()), value(constant));
    }

    private long value(Constant constant) {
        return switch (constant) {
            case ConstantInt integer ->
                integer.isZero()
                        ? ZERO
                        : Mix.of(
                                20,
                                integer.fitsLong()
                                        ? integer.longValue()
                                        : integer.value().hashCode());
            case ConstantFP floating ->
                floating.high() == 0 && floating.low() == 0
                        ? ZERO
                        : Mix.of(Mix.of(21, floating.high()), floating.low());
            case SimpleConstant simple ->
                switch (simple.kind()) {
                    case NULL, ZERO -> ZERO;
                    case UNDEF, POISON, NONE -> Mix.of(22, Mix.of(simple.kind()));
                };
            case ConstantAggregate aggregate -> elements(aggregate.elements());
            case ConstantDataString string -> characters(string.bytes());
            case ConstantSplat splat -> {
                long element = value(splat.element());
                yield element == ZERO ? ZERO : Mix.of(23, element);
            }
            case ConstantPtrAuth pointer -> Mix.of(24, all(pointer.operands()));
            case BlockAddress address -> Mix.of(25, globals.applyAsLong(address.function()));
            case GlobalReference reference ->
                Mix.of(Mix.of(26, Mix.of(reference.kind())), globals.applyAsLong(reference.global()));
            case GlobalValue global -> Mix.of(27, globals.applyAsLong(global));
            case ConstantExpr expression -> Mix.of(own(expression), all(expression.operands()));
        };
    }

    /** Elements that are all the same are a splat, and all zero they are zero, however long they are written. */
    private long elements(List<Constant> elements) {
        long first = elements.isEmpty() ? ZERO : value(elements.get(0));
        boolean same = true;
        long hash = 28;
        for (Constant element : elements) {
            long each = value(element);
            same &= each == first;
            hash = Mix.of(hash, Mix.of(of(element.type()), each));
        }
        return same ? (first == ZERO ? ZERO : Mix.of(23, first)) : hash;
    }

    private long characters(String bytes) {
        long type = of(IntegerType.of(8));
        boolean same = true;
        long hash = 28;
        for (int i = 0; i < bytes.length(); i++) {
            same &= bytes.charAt(i) == bytes.charAt(0);
            hash = Mix.of(hash, Mix.of(type, character(bytes.charAt(i))));
        }
        if (!same) {
            return hash;
        }
        long first = bytes.isEmpty() ? ZERO : character(bytes.charAt(0));
        return first == ZERO ? ZERO : Mix.of(23, first);
    }

    private static long character(char c) {
        return c == 0 ? ZERO : Mix.of(20, (byte) c);
    }

    private long all(List<Constant> constants) {
        long hash = constants.size();
        for (Constant constant : constants) {
            hash = Mix.of(hash, of(constant));
        }
        return hash;
    }

    private long own(ConstantExpr expression) {
        return switch (expression) {
            case ConstantExpr.Binary binary -> Mix.of(Mix.of(30, Mix.of(binary.opcode())), of(binary.flags()));
            case ConstantExpr.Negate negate -> 31;
            case ConstantExpr.Conversion conversion ->
                Mix.of(Mix.of(32, Mix.of(conversion.opcode())), of(conversion.flags()));
            case ConstantExpr.ElementPointer pointer ->
                Mix.of(
                        Mix.of(Mix.of(33, of(pointer.sourceElementType())), of(pointer.flags())),
                        Mix.of(text(pointer.inRange()), pointer.inRangeIndex()));
            case ConstantExpr.Compare compare -> Mix.of(compare.floatingPoint() ? 34 : 35, Mix.of(compare.predicate()));
            case ConstantExpr.Other other -> Mix.of(36, Mix.of(other.opcode()));
            case ConstantExpr.AggregateAccess access ->
                Mix.of(37, access.indices().hashCode());
        };
    }

    /** The hash of a text without its white space; 0 for none. */
    static long text(@Nullable String text) {
        return text == null ? 0 : Mix.of(text.replace(" ", ""));
    }

    /** The hash of flags, in any order. */
    static long of(Flags flags) {
        long hash = 0;
        for (String word : flags.words()) {
            if (word.equals("fast")) {
                for (String part : FAST) {
                    hash += Mix.of(part);
                }
            } else if (!word.equals("nusw") || !flags.has("inbounds")) {
                hash += Mix.of(word);
            }
        }
        return hash;
    }

    /** The hash of attributes, in any order. */
    long of(AttributeSet attributes) {
        long hash = 0;
        for (Attribute attribute : attributes.attributes()) {
            hash += Mix.of(
                    Mix.of(attribute.name()),
                    switch (attribute) {
                        case Attribute.Word word -> 0;
                        case Attribute.Numbered numbered -> Mix.of(1, numbered.value());
                        case Attribute.Typed typed -> Mix.of(2, of(typed.type()));
                        case Attribute.WithArguments arguments -> Mix.of(3, text(arguments.arguments()));
                        case Attribute.Text text -> Mix.of(4, Mix.of(text.value()));
                    });
        }
        return hash;
    }
}
