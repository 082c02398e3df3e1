package dev.jci.ir;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How values lie in memory, as the {@code target datalayout} string says (LangRef, "Data Layout"). What the string does not say is as
 * LangRef's defaults have it. All sizes and alignments are in bytes unless a name says bits.
 */
public final class DataLayout {
    private static final long NO_SIZE = -1;

    private record Pointer(int sizeBits, int alignment, int indexBits) {}

    private final Map<Integer, Pointer> pointers = new TreeMap<>();
    private final TreeMap<Integer, Integer> integers = new TreeMap<>();
    private final TreeMap<Integer, Integer> floats = new TreeMap<>();
    private final TreeMap<Integer, Integer> vectors = new TreeMap<>();
    /** Of structures that are complete: they stand in each other many times, and do not change any more. */
    private final Map<NamedStruct, Long> knownBits = new ConcurrentHashMap<>();

    private final Map<NamedStruct, Integer> knownAlignments = new ConcurrentHashMap<>();
    private int aggregateAlignment = 1;
    private boolean bigEndian;
    private int programAddressSpace;
    private int globalsAddressSpace;
    private int allocaAddressSpace;

    private DataLayout() {
        pointers.put(0, new Pointer(64, 8, 64));
        integers.putAll(Map.of(1, 1, 8, 1, 16, 2, 32, 4, 64, 8));
        floats.putAll(Map.of(16, 2, 32, 4, 64, 8, 128, 16));
        vectors.putAll(Map.of(64, 8, 128, 16));
    }

    /** The layout of a module: that of its string, or the default without one. */
    public static DataLayout of(Module module) {
        String text = module.dataLayout();
        return parse(text == null ? "" : text);
    }

    /**
     * Reads a layout string; parts that say nothing about sizes, alignments or byte order are passed over.
     *
     * @param text the string, as in {@code e-m:e-p270:32:32-i64:64-f80:128-n8:16:32:64-S128}
     * @throws IllegalArgumentException when a number in a part that is understood is malformed
     */
    public static DataLayout parse(String text) {
        DataLayout layout = new DataLayout();
        for (String part : text.split("-", -1)) {
            layout.read(part);
        }
        return layout;
    }

    private void read(String part) {
        if (part.isEmpty()) {
            return;
        }
        String[] fields = part.split(":", -1);
        String head = fields[0];
        String rest = head.substring(1);
        switch (head.charAt(0)) {
            case 'E' -> bigEndian = true;
            case 'e' -> bigEndian = false;
            case 'p' -> readPointer(part, rest, fields);
            case 'i' -> readAlignment(part, integers, rest, fields);
            case 'f' -> readAlignment(part, floats, rest, fields);
            case 'v' -> readAlignment(part, vectors, rest, fields);
            case 'P' -> programAddressSpace = number(part, rest);
            case 'G' -> globalsAddressSpace = number(part, rest);
            case 'A' -> allocaAddressSpace = number(part, rest);
            case 'a' -> aggregateAlignment = fields.length > 1 ? Math.max(1, number(part, fields[1]) / 8) : 1;
            default -> {}
        }
    }

    private void readPointer(String part, String rest, String[] fields) {
        if (fields.length < 3) {
            throw new IllegalArgumentException("malformed data layout: " + part);
        }
        // Letters between p and the number are properties of the address space (LLVM 22).
        String digits = rest.replaceAll("^[a-z]+", "");
        int space = digits.isEmpty() ? 0 : number(part, digits.replaceAll("\\(.*", ""));
        int size = number(part, fields[1]);
        int index = fields.length > 4 ? number(part, fields[4]) : size;
        pointers.put(space, new Pointer(size, Math.max(1, number(part, fields[2]) / 8), index));
    }

    private static void readAlignment(String part, Map<Integer, Integer> table, String bits, String[] fields) {
        if (fields.length > 1 && !bits.isEmpty()) {
            table.put(number(part, bits), Math.max(1, number(part, fields[1]) / 8));
        }
    }

    private static int number(String part, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("malformed data layout: " + part, malformed);
        }
    }

    /** Whether the most significant byte comes first. */
    public boolean isBigEndian() {
        return bigEndian;
    }

    /** The address space of functions that do not name one ({@code P}). */
    public int programAddressSpace() {
        return programAddressSpace;
    }

    /** The address space that global variables are to be made in ({@code G}). */
    public int globalsAddressSpace() {
        return globalsAddressSpace;
    }

    /** The address space that stack memory is to be taken from ({@code A}). */
    public int allocaAddressSpace() {
        return allocaAddressSpace;
    }

    private Pointer pointer(int addressSpace) {
        Pointer pointer = pointers.get(addressSpace);
        return pointer != null ? pointer : pointers.getOrDefault(0, new Pointer(64, 8, 64));
    }

    /** The width of a pointer of that address space in bits. */
    public int pointerBits(int addressSpace) {
        return pointer(addressSpace).sizeBits;
    }

    /** The width of the integers that pointer arithmetic of that address space is done in. */
    public int indexBits(int addressSpace) {
        return pointer(addressSpace).indexBits;
    }

    /**
     * The bits that a value of the type has; empty when that is not known before run time (scalable vectors) or the type has no size
     * ({@code void}, functions, opaque structures, target types).
     */
    public OptionalLong bits(Type type) {
        return switch (type) {
            case IntegerType integer -> OptionalLong.of(integer.bits());
            case FloatingPointType floating -> OptionalLong.of(floating.bits());
            case PointerType pointer -> OptionalLong.of(pointerBits(pointer.addressSpace()));
            case VectorType vector ->
                vector.scalable() ? OptionalLong.empty() : scaled(bits(vector.element()), vector.length());
            case ArrayType array -> scaled(scaled(sizeOf(array.element()), array.length()), 8);
            case StructType struct -> scaled(structSize(struct), 8);
            case NamedStruct named -> bitsOf(named);
            case SpecialType special ->
                switch (special) {
                    case X86_AMX -> OptionalLong.of(8192);
                    case X86_MMX -> OptionalLong.of(64);
                    case VOID, LABEL, TOKEN, METADATA -> OptionalLong.empty();
                };
            case TargetExtType target -> OptionalLong.empty();
            case FunctionType function -> OptionalLong.empty();
        };
    }

    private OptionalLong bitsOf(NamedStruct named) {
        StructType body = named.body();
        Long known = knownBits.get(named);
        if (known != null || body == null) {
            return known == null || known == NO_SIZE ? OptionalLong.empty() : OptionalLong.of(known);
        }
        OptionalLong bits = bits(body);
        if (bits.isPresent() || isComplete(body)) {
            knownBits.put(named, bits.orElse(NO_SIZE));
        }
        return bits;
    }

    /** Whether no structure in the type is still without a body. */
    private boolean isComplete(Type type) {
        return switch (type) {
            case NamedStruct named -> bitsOf(named).isPresent() || knownBits.containsKey(named);
            case StructType struct -> struct.elements().stream().allMatch(this::isComplete);
            case ArrayType array -> isComplete(array.element());
            default -> true;
        };
    }

    private int alignmentOf(NamedStruct named) {
        StructType body = named.body();
        Integer known = knownAlignments.get(named);
        if (known != null || body == null) {
            return known == null ? 1 : known;
        }
        int alignment = alignOf(body);
        if (isComplete(named)) {
            knownAlignments.put(named, alignment);
        }
        return alignment;
    }

    private static OptionalLong scaled(OptionalLong size, long factor) {
        if (size.isEmpty()) {
            return size;
        }
        long low = size.getAsLong() * factor;
        boolean fits = Math.multiplyHigh(size.getAsLong(), factor) == low >> 63;
        return fits ? OptionalLong.of(low) : OptionalLong.empty();
    }

    /** The bytes that a store of the type may write; empty as for {@link #bits}. */
    public OptionalLong storeSizeOf(Type type) {
        OptionalLong bits = bits(type);
        return bits.isPresent() ? OptionalLong.of((bits.getAsLong() + 7) / 8) : bits;
    }

    /**
     * The bytes from one element of the type to the next in an array, padding included: what {@code getelementptr} multiplies an
     * index with; empty as for {@link #bits}.
     */
    public OptionalLong sizeOf(Type type) {
        OptionalLong store = storeSizeOf(type);
        return store.isPresent() ? OptionalLong.of(aligned(store.getAsLong(), alignOf(type))) : store;
    }

    /** The alignment that the ABI asks for; 1 for a type without size. */
    public int alignOf(Type type) {
        return switch (type) {
            case IntegerType integer -> alignment(integers, integer.bits());
            case FloatingPointType floating -> floatAlignment(floating);
            case PointerType pointer -> pointer(pointer.addressSpace()).alignment;
            case VectorType vector -> vectorAlignment(vector);
            case ArrayType array -> alignOf(array.element());
            case StructType struct -> structAlignment(struct);
            case NamedStruct named -> alignmentOf(named);
            case SpecialType special -> special == SpecialType.X86_AMX ? 64 : special == SpecialType.X86_MMX ? 8 : 1;
            case TargetExtType target -> 1;
            case FunctionType function -> 1;
        };
    }

    /** An integer width that the string does not name takes the alignment of the next larger one, or of the largest. */
    private static int alignment(NavigableMap<Integer, Integer> table, int bits) {
        Map.Entry<Integer, Integer> entry = table.ceilingEntry(bits);
        return entry != null ? entry.getValue() : table.lastEntry().getValue();
    }

    private int floatAlignment(FloatingPointType type) {
        Integer exact = floats.get(type.bits());
        return exact != null ? exact : (int) powerOfTwo((type.bits() + 7) / 8);
    }

    private int vectorAlignment(VectorType vector) {
        OptionalLong element = bits(vector.element());
        long bits = element.orElse(8) * vector.length();
        Integer exact = bits <= Integer.MAX_VALUE ? vectors.get((int) bits) : null;
        return exact != null ? exact : (int) powerOfTwo(Math.max(1, (bits + 7) / 8));
    }

    private static long powerOfTwo(long atLeast) {
        long power = Long.highestOneBit(atLeast);
        return power == atLeast ? power : 2 * power;
    }

    private int structAlignment(StructType struct) {
        if (struct.packed()) {
            return 1;
        }
        int alignment = aggregateAlignment;
        for (Type element : struct.elements()) {
            alignment = Math.max(alignment, alignOf(element));
        }
        return alignment;
    }

    private OptionalLong structSize(StructType struct) {
        OptionalLong end = offset(struct, struct.elements().size());
        return end.isPresent() ? OptionalLong.of(aligned(end.getAsLong(), structAlignment(struct))) : end;
    }

    /**
     * Where an element of a structure begins.
     *
     * @param struct the structure
     * @param index the element
     * @return the offset in bytes, empty when an element before has no known size
     */
    public OptionalLong offsetOf(StructType struct, int index) {
        OptionalLong end = offset(struct, index);
        int alignment = struct.packed() ? 1 : alignOf(struct.elements().get(index));
        return end.isPresent() ? OptionalLong.of(aligned(end.getAsLong(), alignment)) : end;
    }

    /** The end of the elements before that one. */
    private OptionalLong offset(StructType struct, int count) {
        long end = 0;
        for (int i = 0; i < count; i++) {
            Type element = struct.elements().get(i);
            OptionalLong size = sizeOf(element);
            if (size.isEmpty()) {
                return size;
            }
            end = aligned(end, struct.packed() ? 1 : alignOf(element)) + size.getAsLong();
        }
        return OptionalLong.of(end);
    }

    private static long aligned(long offset, long alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /**
     * The bytes that constant indices of {@code getelementptr} add to the pointer; empty when an index is not constant or a size not
     * known.
     */
    public OptionalLong constantOffset(GetElementPtr pointer) {
        long offset = 0;
        Type at = pointer.sourceElementType();
        List<Value> indices = pointer.indices();
        for (int i = 0; i < indices.size(); i++) {
            if (!(indices.get(i) instanceof ConstantInt index) || !index.fitsLong()) {
                return OptionalLong.empty();
            }
            long number = index.longValue();
            OptionalLong step;
            if (i == 0) {
                step = scaled(sizeOf(at), number);
            } else if (at instanceof StructType || at instanceof NamedStruct) {
                StructType struct = at instanceof NamedStruct named ? named.body() : (StructType) at;
                if (struct == null) {
                    return OptionalLong.empty();
                }
                step = offsetOf(struct, (int) number);
                at = struct.elements().get((int) number);
            } else {
                at = at instanceof VectorType vector ? vector.element() : ((ArrayType) at).element();
                step = scaled(sizeOf(at), number);
            }
            if (step.isEmpty()) {
                return step;
            }
            offset += step.getAsLong();
        }
        return OptionalLong.of(offset);
    }
}
