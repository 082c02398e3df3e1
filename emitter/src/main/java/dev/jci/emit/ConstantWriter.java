package dev.jci.emit;

import dev.jci.ir.BasicBlock;
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
import dev.jci.ir.Function;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.IntegerType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.List;

/** Writes constants (LangRef, "Constants"). */
final class ConstantWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ModuleNumbers numbers;
    private final Dialect dialect;

    ConstantWriter(TextBuffer out, TypeWriter types, ModuleNumbers numbers, Dialect dialect) {
        this.out = out;
        this.types = types;
        this.numbers = numbers;
        this.dialect = dialect;
    }

    /** The type, then the constant. */
    void writeTyped(Constant constant) {
        types.write(constant.type());
        out.put(' ');
        write(constant);
    }

    /** The constant without its type. */
    void write(Constant constant) {
        switch (constant) {
            case ConstantInt integer -> integer(integer);
            case GlobalValue global -> name(global);
            case ConstantFP floating -> FloatingPointText.write(out, floating);
            case SimpleConstant simple -> out.put(simple.kind().keyword());
            case ConstantAggregate aggregate -> aggregate(aggregate);
            case ConstantDataString string -> out.put('c').putQuoted(string.bytes());
            case ConstantSplat splat -> splat(splat);
            case ConstantExpr expression -> expression(expression);
            case BlockAddress address -> blockAddress(address);
            case GlobalReference reference -> {
                dialect.constants().check(reference);
                out.put(reference.kind().keyword()).put(' ');
                name(reference.global());
            }
            case ConstantPtrAuth signed -> {
                dialect.require(19, "ptrauth constants", -1);
                out.put("ptrauth (");
                list(signed.operands());
                out.put(')');
            }
        }
    }

    private void integer(ConstantInt integer) {
        if (integer.type().bits() == 1) {
            out.put(integer.isZero() ? "false" : "true");
        } else if (integer.fitsLong()) {
            out.put(integer.longValue());
        } else {
            out.put(integer.value().toString());
        }
    }

    /** A global by its name or number. */
    void name(GlobalValue global) {
        String name = global.name();
        if (name == null) {
            out.put('@').put(numbers.of(global));
        } else {
            out.putName('@', name);
        }
    }

    /** Constants with their types, separated by commas. */
    void list(List<Constant> constants) {
        for (int i = 0; i < constants.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            writeTyped(constants.get(i));
        }
    }

    private void aggregate(ConstantAggregate aggregate) {
        Type type = aggregate.type();
        StructType struct = type instanceof NamedStruct named ? named.body() : type instanceof StructType s ? s : null;
        if (struct != null) {
            boolean empty = aggregate.elements().isEmpty();
            out.put(struct.packed() ? "<{" : "{").put(empty ? "" : " ");
            list(aggregate.elements());
            out.put(empty ? "" : " ").put(struct.packed() ? "}>" : "}");
        } else {
            boolean vector = type instanceof VectorType;
            out.put(vector ? '<' : '[');
            list(aggregate.elements());
            out.put(vector ? '>' : ']');
        }
    }

    private void splat(ConstantSplat splat) {
        if (dialect.constants().spellsSplatsOut()) {
            if (splat.type().scalable()) {
                shuffledSplat(splat);
            } else {
                elements(splat);
            }
            return;
        }
        out.put("splat (");
        writeTyped(splat.element());
        out.put(')');
    }

    private void elements(ConstantSplat splat) {
        out.put('<');
        for (long i = 0; i < splat.type().length(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            writeTyped(splat.element());
        }
        out.put('>');
    }

    /** The one way to say which number a vector of unknown length is full of: put it into one place, take that place for all. */
    private void shuffledSplat(ConstantSplat splat) {
        Constant poison = SimpleConstant.poison(splat.type());
        out.put("shufflevector (");
        types.write(splat.type());
        out.put(" insertelement (");
        list(List.of(poison, splat.element(), ConstantInt.i32(0)));
        out.put("), ");
        writeTyped(poison);
        out.put(", ");
        types.write(new VectorType(true, splat.type().length(), IntegerType.I32));
        out.put(" zeroinitializer)");
    }

    private void blockAddress(BlockAddress address) {
        out.put("blockaddress(");
        name(address.function());
        out.put(", ");
        blockName(address.block(), address.function());
        out.put(')');
    }

    /** A block seen from outside of its function. */
    void blockName(BasicBlock block, Function function) {
        String name = block.name();
        if (name == null) {
            out.put('%').put(numbers.slots(function).of(block));
        } else {
            out.putName('%', name);
        }
    }

    private void expression(ConstantExpr expression) {
        dialect.constants().check(expression);
        switch (expression) {
            case ConstantExpr.Conversion conversion -> {
                opcode(conversion.opcode().keyword(), conversion.flags());
                out.put(" (");
                writeTyped(conversion.operand());
                out.put(" to ");
                types.write(conversion.type());
                out.put(')');
            }
            case ConstantExpr.ElementPointer pointer -> elementPointer(pointer);
            case ConstantExpr.Binary binary -> {
                opcode(binary.opcode().keyword(), binary.flags());
                operands(binary);
            }
            case ConstantExpr.Negate negate -> {
                out.put("fneg");
                operands(negate);
            }
            case ConstantExpr.Compare compare -> {
                out.put(compare.floatingPoint() ? "fcmp " : "icmp ").put(compare.predicate());
                operands(compare);
            }
            case ConstantExpr.Other other -> {
                out.put(other.opcode().keyword());
                operands(other);
            }
            case ConstantExpr.AggregateAccess access -> {
                out.put(access.element() == null ? "extractvalue (" : "insertvalue (");
                list(access.operands());
                for (int index : access.indices()) {
                    out.put(", ").put(index);
                }
                out.put(')');
            }
        }
    }

    private void operands(ConstantExpr expression) {
        out.put(" (");
        list(expression.operands());
        out.put(')');
    }

    private void opcode(String keyword, Flags flags) {
        out.put(keyword);
        List<String> words = dialect.flags().keptIn(keyword, flags).words();
        for (int i = 0; i < words.size(); i++) {
            out.put(' ').put(words.get(i));
        }
    }

    private void elementPointer(ConstantExpr.ElementPointer pointer) {
        opcode("getelementptr", pointer.flags());
        String inRange = pointer.inRange();
        if (inRange != null && dialect.constants().keepsInRange()) {
            out.put(" inrange(").put(inRange).put(')');
        }
        out.put(" (");
        dialect.layout().check(pointer.sourceElementType());
        types.write(pointer.sourceElementType());
        List<Constant> operands = pointer.operands();
        for (int i = 0; i < operands.size(); i++) {
            out.put(", ");
            if (i == pointer.inRangeIndex() && dialect.constants().keepsInRangeIndex()) {
                out.put("inrange ");
            }
            writeTyped(operands.get(i));
        }
        out.put(')');
    }
}
