package dev.jci.emit;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Constant;
import dev.jci.ir.DIArgList;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Function;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MDSymbol;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.SlotNumbers;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values and metadata where they are used as operands. Knows the function whose local values have numbers just now. */
final class ValueWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ConstantWriter constants;
    private final ModuleNumbers numbers;
    private final Dialect dialect;
    private @Nullable SlotNumbers slots;

    ValueWriter(TextBuffer out, TypeWriter types, ConstantWriter constants, ModuleNumbers numbers, Dialect dialect) {
        this.out = out;
        this.types = types;
        this.constants = constants;
        this.numbers = numbers;
        this.dialect = dialect;
    }

    /** From now on local values are those of this function. */
    void enter(Function function) {
        slots = SlotNumbers.of(function);
    }

    /** The type, then the value. */
    void writeTyped(Value value) {
        types.write(value.type());
        out.put(' ');
        write(value);
    }

    /** The value without its type. */
    void write(Value value) {
        switch (value) {
            case Instruction instruction -> local(instruction, instruction.name());
            case Argument argument -> local(argument, argument.name());
            case BasicBlock block -> local(block, block.name());
            case Constant constant -> constants.write(constant);
            case MetadataAsValue wrapper -> metadata(wrapper.metadata());
            case InlineAsm assembly -> inlineAsm(assembly);
            case ForwardReference reference -> out.putName('%', reference.name());
        }
    }

    private void local(Value value, @Nullable String name) {
        if (name != null) {
            out.putName('%', name);
        } else {
            out.put('%').put(number(value));
        }
    }

    /** The number of an unnamed value of the function at hand. */
    int number(Value value) {
        if (slots == null) {
            throw new IllegalStateException("local value outside of a function: " + value);
        }
        return slots.of(value);
    }

    /** {@code label %block}. */
    void label(BasicBlock block) {
        out.put("label ");
        local(block, block.name());
    }

    private void inlineAsm(InlineAsm assembly) {
        out.put("asm ");
        if (assembly.sideEffect()) {
            out.put("sideeffect ");
        }
        if (assembly.alignStack()) {
            out.put("alignstack ");
        }
        if (assembly.intelDialect()) {
            out.put("inteldialect ");
        }
        if (assembly.canUnwind()) {
            out.put("unwind ");
        }
        out.putQuoted(assembly.template()).put(", ").putQuoted(assembly.constraints());
    }

    /** Metadata as an element of a tuple, as an operand of a call or debug record, or as an attachment. */
    void metadata(MDOperand operand) {
        switch (operand) {
            case MDNode node -> node(node);
            case MDString string -> out.put('!').putQuoted(string.bytes());
            case ValueAsMetadata wrapped -> writeTyped(wrapped.value());
            case DIArgList list -> argumentList(list);
            case MDNull nothing -> out.put("null");
            case MDInteger integer -> out.put(integer.value());
            case MDSymbol symbol -> out.put(symbol.text());
        }
    }

    private void argumentList(DIArgList list) {
        out.put("!DIArgList(");
        List<ValueAsMetadata> arguments = list.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            writeTyped(arguments.get(i).value());
        }
        out.put(')');
    }

    private void node(MDNode node) {
        if (isInline(node)) {
            specialized(node);
        } else {
            out.put('!').put(numbers.of(node));
        }
    }

    /** Whether LLVM writes the node out where it is used instead of numbering it. */
    static boolean isInline(MDNode node) {
        return node.is("DIExpression");
    }

    /** {@code !Kind(field: value, ...)}. */
    void specialized(MDNode node) {
        if (isInline(node)) {
            dialect.debugInfo().check(node);
        }
        out.put('!').put(String.valueOf(node.kind())).put('(');
        boolean first = true;
        for (int i = 0; i < node.operandCount(); i++) {
            String name = node.fieldName(i);
            if (name != null && !dialect.metadata().keepsField(node, name)) {
                continue;
            }
            if (!first) {
                out.put(", ");
            }
            first = false;
            if (name != null) {
                out.put(name).put(": ");
            }
            field(node, name, node.operand(i));
        }
        out.put(')');
    }

    private void field(MDNode node, @Nullable String name, MDOperand value) {
        if (value instanceof MDString string && !holdsMetadata(node, name)) {
            out.putQuoted(string.bytes());
        } else if (value instanceof MDNode list && node.is("GenericDINode") && "operands".equals(name)) {
            out.put('{');
            elements(list);
            out.put('}');
        } else {
            metadata(value);
        }
    }

    /** Whether a string in this field is metadata with an exclamation mark, as in {@code value: !"std::vector"}. */
    private static boolean holdsMetadata(MDNode node, @Nullable String field) {
        return switch (String.valueOf(field)) {
            case "value" -> !node.is("DIMacro");
            case "scope", "type", "baseType", "file", "elements", "extraData", "vtableHolder", "templateParams" -> true;
            case "containingType", "declaration", "entity", "unit", "types", "retainedNodes", "thrownTypes" -> true;
            case "discriminator", "dataLocation", "annotations", "variables", "nodes", "specification" -> true;
            default -> false;
        };
    }

    /** The contents of a node, behind {@code distinct} where it is. */
    void contents(MDNode written) {
        MDNode node = dialect.metadata().spoken(written);
        if (node.isDistinct()) {
            out.put("distinct ");
        }
        if (!node.isTuple()) {
            specialized(node);
            return;
        }
        out.put("!{");
        elements(node);
        out.put('}');
    }

    private void elements(MDNode node) {
        for (int i = 0; i < node.operandCount(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            metadata(node.operand(i));
        }
    }
}
