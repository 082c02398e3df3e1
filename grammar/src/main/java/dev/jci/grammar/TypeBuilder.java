package dev.jci.grammar;

import dev.jci.ir.ArrayType;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds types; equal types become one object. Named types may be used before they are defined. */
final class TypeBuilder {
    /** The first LLVM that takes a typed pointer for an opaque one everywhere. */
    static final int OPAQUE_ONLY = 16;

    private static final long LONGEST_VECTOR = 0xffff_ffffL;

    private final Source source;
    private final TokenSource tokens;
    private final Module module;
    private final boolean typedPointers;
    private final Map<Type, Type> types;
    private final Map<String, NamedStruct> named;
    private final Map<String, NamedStruct> numbered;
    private final Set<NamedStruct> defined = new HashSet<>();
    private final Map<String, Integer> undefined = new HashMap<>();
    private final Map<String, Type> synonyms;
    private final TypeExtents extents;
    private final SizedTypes sized = new SizedTypes();
    private final IntegerType[] integers = new IntegerType[129];
    private final IdentityHashMap<Type, PointerType> pointers = new IdentityHashMap<>();
    private String defining = "";
    private int definingPosition;
    private boolean definingNumber;
    private final LanguageVersion version;
    private final boolean strict;
    private boolean starOwed;

    TypeBuilder(
            Source source,
            Module module,
            boolean typedPointers,
            boolean strict,
            LanguageVersion version,
            TokenSource tokens) {
        this.types = new HashMap<>();
        this.named = new HashMap<>();
        this.numbered = new HashMap<>();
        this.synonyms = new HashMap<>();
        this.extents = new TypeExtents();
        this.source = source;
        this.tokens = tokens;
        this.typedPointers = typedPointers;
        this.module = module;
        this.version = version;
        this.strict = strict;
        for (int width = 1; width < integers.length; width++) {
            integers[width] = IntegerType.of(width);
        }
    }

    /** A builder for bodies that are read beside others, when all named types are known. */
    TypeBuilder beside(Source text, TokenSource ownTokens) {
        return new TypeBuilder(this, text, ownTokens);
    }

    private TypeBuilder(TypeBuilder headers, Source text, TokenSource ownTokens) {
        this.types = new HashMap<>(headers.types);
        this.named = new HashMap<>(headers.named);
        this.numbered = new HashMap<>(headers.numbered);
        this.synonyms = headers.synonyms;
        this.extents = new TypeExtents(headers.extents);
        this.source = text;
        this.tokens = ownTokens;
        this.typedPointers = headers.typedPointers;
        this.module = headers.module;
        this.version = headers.version;
        this.strict = headers.strict;
        System.arraycopy(headers.integers, 0, integers, 0, integers.length);
        pointers.putAll(headers.pointers);
    }

    /** Whether a named type was used but never defined. */
    boolean lacksTypes() {
        return !undefined.isEmpty();
    }

    /** Whether the text is for an LLVM that tells pointers apart by what they point to. */
    boolean strict() {
        return strict;
    }

    /** The type {@code ptr}. LLVM 14 has it only when asked, LLVM 15 only where no typed pointer stands before it. */
    PointerType opaquePointer(int position) {
        if (strict) {
            throw new IrSyntaxError("ptr type is only supported in -opaque-pointers mode", position);
        }
        return PointerType.OPAQUE;
    }

    /**
     * Whether types are the same for an LLVM that reads the text. What typed pointers point to is compared only where that LLVM does: from
     * LLVM 16 on it means nothing. A callee whose type is not known yet is asked for as {@code ptr}.
     */
    boolean agrees(Type left, Type right) {
        if (left instanceof PointerType one && right instanceof PointerType other) {
            boolean told = strict && !one.isOpaque() && !other.isOpaque();
            return told ? one.equals(other) : one.addressSpace() == other.addressSpace();
        }
        return left.equals(right);
    }

    /** Checks the type written before an operand that is a pointer to values of that type. */
    void requirePointee(Type written, Type pointer, int position) {
        if (strict && pointer.scalar() instanceof PointerType to && !to.isOpaque() && !written.equals(to.pointee())) {
            throw new IrSyntaxError(
                    "explicit pointee type doesn't match operand's pointee type ('" + written + "' vs '" + to.pointee()
                            + "')",
                    position);
        }
    }

    /** Checks that there are typed pointers to values of that type. */
    static void requirePointable(Type type, int position) {
        if (type == SpecialType.LABEL) {
            throw new IrSyntaxError("basic block pointers are invalid", position);
        }
        if (type == SpecialType.VOID) {
            throw new IrSyntaxError("pointers to void are invalid - use i8* instead", position);
        }
        if (type == SpecialType.METADATA || type == SpecialType.TOKEN || type == SpecialType.X86_AMX) {
            throw new IrSyntaxError("pointer to this type is invalid", position);
        }
    }

    private Type intern(Type type) {
        Type known = types.get(type);
        if (known != null) {
            return known;
        }
        extents.add(type, tokens.lastStart());
        types.put(type, type);
        return type;
    }

    Type integerType(int start, int end) {
        long bits = end - start > 9 ? Long.MAX_VALUE : source.number(start, end);
        if (bits < 1 || bits > IntegerType.MAX_BITS) {
            throw new IrSyntaxError("bitwidth for integer type out of range", start);
        }
        int width = (int) bits;
        return width < integers.length ? integers[width] : intern(IntegerType.of(width));
    }

    Type floatingType(String word) {
        return FloatingPointType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    Type opaqueType(String word) {
        return SpecialType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    Type namedType(String name, boolean number, int position) {
        NamedStruct known = (number ? numbered : named).get(name);
        if (known != null) {
            return known;
        }
        Type synonym = synonyms.get(key(name, number));
        return synonym != null ? synonym : struct(name, number, position, true);
    }

    private static String key(String name, boolean number) {
        return number ? name : "%" + name;
    }

    private NamedStruct struct(String name, boolean number, int position, boolean use) {
        Map<String, NamedStruct> structs = number ? numbered : named;
        NamedStruct struct = structs.get(name);
        if (struct == null) {
            struct = new NamedStruct(number ? null : name);
            if (number) {
                struct.setNumber(LocalValues.parse(name, position));
            }
            structs.put(name, struct);
            if (use) {
                undefined.put(key(name, number), position);
            }
        }
        return struct;
    }

    void beginType(String name, boolean number, int position) {
        defining = name;
        definingNumber = number;
        definingPosition = position;
    }

    private NamedStruct define() {
        NamedStruct struct = struct(defining, definingNumber, definingPosition, false);
        String key = key(defining, definingNumber);
        if (synonyms.containsKey(key) || !defined.add(struct)) {
            throw new IrSyntaxError("redefinition of type", definingPosition);
        }
        undefined.remove(key);
        return struct;
    }

    void opaqueType() {
        module.namedStructs().add(define());
    }

    void typeBody(Type type, int position) {
        if (type instanceof StructType body) {
            NamedStruct struct = define();
            struct.setBody(body);
            module.namedStructs().add(struct);
            return;
        }
        if ((definingNumber ? numbered : named).containsKey(defining)) {
            throw new IrSyntaxError("forward references to non-struct type", definingPosition);
        }
        synonyms.put(key(defining, definingNumber), type);
    }

    Type pointerTo(Type type, int position) {
        if (starOwed) {
            starOwed = false;
            return type;
        }
        requirePointable(type, position);
        if (type instanceof PointerType pointer
                && pointer.isOpaque()
                && (typedPointers || source.isBehindPtr(position))) {
            throw new IrSyntaxError("ptr* is invalid - use ptr instead", position);
        }
        return typedPointers ? pointer(type, 0) : PointerType.OPAQUE;
    }

    /** What {@code addrspace(n)} makes of a type; behind anything but {@code ptr} the star that follows belongs to it. */
    Type inAddressSpace(Type type, int space, int position) {
        if (type instanceof PointerType pointer && pointer.isOpaque() && source.isBehindPtr(position)) {
            return intern(PointerType.opaque(space));
        }
        starOwed = true;
        return intern(typedPointers ? PointerType.to(type, space) : PointerType.opaque(space));
    }

    /** From LLVM 16 on an address space has 24 bits. */
    void requireSpace(int space, int position) {
        if (version.isAtLeast(OPAQUE_ONLY) && space >>> 24 != 0) {
            throw new IrSyntaxError("invalid address space, must be a 24-bit integer", position);
        }
    }

    Type functionType(Type result, List<Type> parameters, boolean varArg) {
        return intern(new FunctionType(result, parameters, varArg));
    }

    Type array(long length, Type element, int position) {
        requireElement(element, "invalid array element type", position);
        return intern(new ArrayType(length, element));
    }

    Type targetType(String name, List<Type> parameters, List<Long> integers) {
        return intern(new TargetExtType(name, parameters, integers));
    }

    Type vector(boolean scalable, long length, Type element, int position) {
        if (length == 0) {
            throw new IrSyntaxError("zero element vector is illegal", position);
        }
        if (Long.compareUnsigned(length, LONGEST_VECTOR) > 0) {
            throw new IrSyntaxError("size too large for vector", position);
        }
        requireElement(element, "invalid vector element type", position);
        return intern(new VectorType(scalable, length, element));
    }

    private static void requireElement(Type element, String message, int position) {
        if (element instanceof FunctionType
                || element == SpecialType.VOID
                || element == SpecialType.LABEL
                || element == SpecialType.METADATA
                || element == SpecialType.X86_AMX
                || element == SpecialType.TOKEN) {
            throw new IrSyntaxError(message, position);
        }
    }

    /** An element of a structure. */
    Type element(Type type, int position) {
        if (type instanceof FunctionType
                || type == SpecialType.VOID
                || type == SpecialType.LABEL
                || type == SpecialType.METADATA
                || type == SpecialType.TOKEN) {
            throw new IrSyntaxError("invalid element type for struct", position);
        }
        return type;
    }

    Type struct(boolean packed, List<Type> elements) {
        return intern(new StructType(packed, elements));
    }

    /** Whether values of the type have a size, once all types are defined. */
    boolean isSized(Type type) {
        return sized.isSized(type);
    }

    Type vectorOf(Type element, long length) {
        return intern(VectorType.of(length, element));
    }

    PointerType pointer(Type pointee, int space) {
        if (space != 0) {
            return (PointerType) intern(PointerType.to(pointee, space));
        }
        PointerType known = pointers.get(pointee);
        if (known == null) {
            known = (PointerType) intern(PointerType.to(pointee, 0));
            pointers.put(pointee, known);
        }
        return known;
    }

    FunctionType function(Type result, List<Type> parameters, boolean varArg) {
        return (FunctionType) functionType(result, parameters, varArg);
    }

    /** Complains about the first named type that was used but never defined. */
    void end() {
        FirstUse.of(undefined).ifPresent(entry -> {
            String name = entry.getKey();
            throw new IrSyntaxError(
                    name.startsWith("%")
                            ? "use of undefined type named '" + name.substring(1) + "'"
                            : "use of undefined type '%" + name + "'",
                    entry.getValue());
        });
    }
}
