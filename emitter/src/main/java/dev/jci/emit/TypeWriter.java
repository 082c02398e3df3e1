package dev.jci.emit;

import dev.jci.ir.ArrayType;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.List;

/** Writes types (LangRef, "Type System"). */
final class TypeWriter {
    private static final int SCALABLE_ARRAYS = 19;

    private final TextBuffer out;
    private final ModuleNumbers numbers;
    private final Dialect dialect;

    TypeWriter(TextBuffer out, ModuleNumbers numbers, Dialect dialect) {
        this.out = out;
        this.numbers = numbers;
        this.dialect = dialect;
    }

    /** A type as it is used. */
    void write(Type type) {
        switch (type) {
            case IntegerType integer -> out.put('i').put(integer.bits());
            case PointerType pointer -> pointer(pointer);
            case SpecialType special -> special(special);
            case FloatingPointType floating -> out.put(floating.toString());
            case NamedStruct named -> name(named);
            case ArrayType array -> {
                if (array.element() instanceof VectorType vector && vector.scalable()) {
                    dialect.require(SCALABLE_ARRAYS, "an array of scalable vectors", -1);
                }
                out.put('[').putUnsigned(array.length()).put(" x ");
                write(array.element());
                out.put(']');
            }
            case VectorType vector -> {
                out.put(vector.scalable() ? "<vscale x " : "<")
                        .putUnsigned(vector.length())
                        .put(" x ");
                write(vector.element());
                out.put('>');
            }
            case StructType struct -> struct(struct);
            case FunctionType function -> function(function);
            case TargetExtType target -> target(target);
        }
    }

    /** LLVM 20 took away the type of MMX registers and reads vectors of one number in its place. */
    private void special(SpecialType special) {
        boolean gone = special == SpecialType.X86_MMX && dialect.isAtLeast(20);
        out.put(gone ? "<1 x i64>" : special.toString());
    }

    private void pointer(PointerType pointer) {
        Type pointee = pointer.pointee();
        boolean opaque = pointee == null || dialect.pointers().makesOpaque();
        if (opaque) {
            out.put("ptr");
        } else {
            write(pointee);
        }
        if (pointer.addressSpace() != 0) {
            out.put(" addrspace(").put(pointer.addressSpace()).put(')');
        }
        if (!opaque) {
            out.put('*');
        }
    }

    private void name(NamedStruct named) {
        String name = named.name();
        if (name == null) {
            out.put('%').put(numbers.of(named));
        } else {
            out.putName('%', name);
        }
    }

    private void struct(StructType struct) {
        if (struct.packed()) {
            out.put('<');
        }
        if (struct.elements().isEmpty()) {
            out.put("{}");
        } else {
            out.put("{ ");
            list(struct.elements());
            out.put(" }");
        }
        if (struct.packed()) {
            out.put('>');
        }
    }

    private void list(List<Type> types) {
        for (int i = 0; i < types.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            write(types.get(i));
        }
    }

    private void function(FunctionType function) {
        write(function.result());
        out.put(" (");
        list(function.parameters());
        if (function.varArg()) {
            out.put(function.parameters().isEmpty() ? "..." : ", ...");
        }
        out.put(')');
    }

    private void target(TargetExtType target) {
        dialect.require(16, "target extension types", -1);
        out.put("target(").putQuoted(target.name());
        for (Type type : target.types()) {
            out.put(", ");
            write(type);
        }
        for (long integer : target.integers()) {
            out.put(", ").putUnsigned(integer);
        }
        out.put(')');
    }

    /** The definition of an identified structure type, on a line of its own. */
    void define(NamedStruct named) {
        name(named);
        StructType body = named.body();
        if (body == null) {
            out.put(" = type opaque\n");
        } else {
            out.put(" = type ");
            struct(body);
            out.put('\n');
        }
    }
}
