package dev.jci.emit;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Constant;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.Instruction;
import dev.jci.ir.UnnamedAddr;
import dev.jci.ir.UseListOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes functions: the header with all its clauses, and the blocks (LangRef, "Functions"). */
final class FunctionWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ConstantWriter constants;
    private final ValueWriter values;
    private final AttributeWriter attributes;
    private final GlobalWriter globals;
    private final InstructionWriter instructions;
    private final DebugRecordWriter records;
    private final Dialect dialect;
    private final int programAddressSpace;

    FunctionWriter(
            TextBuffer out,
            TypeWriter types,
            ConstantWriter constants,
            ValueWriter values,
            AttributeWriter attributes,
            GlobalWriter globals,
            Dialect dialect,
            int programAddressSpace) {
        this.out = out;
        this.types = types;
        this.constants = constants;
        this.values = values;
        this.attributes = attributes;
        this.globals = globals;
        this.dialect = dialect;
        this.programAddressSpace = programAddressSpace;
        CallWriter calls = new CallWriter(out, types, values, attributes, dialect, programAddressSpace);
        this.instructions = new InstructionWriter(out, types, values, calls, globals, dialect);
        this.records = new DebugRecordWriter(out, values, dialect);
    }

    /** The function, {@code declare} or {@code define}. */
    void write(Function function) {
        dialect.at(function.position());
        if (function.isDeclaration()) {
            declaration(dialect.intrinsics().declared(function));
        } else {
            definition(function);
        }
    }

    private void declaration(Function function) {
        out.put("declare");
        globals.attachments(" ", function.attachments());
        out.put(' ');
        header(function);
        out.put('\n');
    }

    private void definition(Function function) {
        values.enter(function);
        out.put("define ");
        header(function);
        globals.attachments(" ", function.attachments());
        out.put(" {");
        for (BasicBlock block : function.blocks()) {
            block(block);
        }
        useListOrders(function.useListOrders(), "\n  ; uselistorder directives\n", "  uselistorder ");
        out.put("}\n");
    }

    private void header(Function function) {
        globals.linkageClauses(function);
        convention(function);
        attributes.behind(function.returnAttributes(), AttributeWriter.Place.VALUE);
        types.write(function.functionType().result());
        out.put(' ');
        constants.name(function);
        parameters(function);
        if (function.unnamedAddr() != UnnamedAddr.NONE) {
            out.put(' ').put(function.unnamedAddr().keyword());
        }
        if (function.type().addressSpace() != 0 || programAddressSpace != 0) {
            out.put(" addrspace(").put(function.type().addressSpace()).put(')');
        }
        attributes.function(function.attributes());
        globals.string(" section ", function.section());
        globals.string(" partition ", function.partition());
        globals.comdat(" comdat", function, function.comdat());
        if (function.alignment() != 0) {
            out.put(" align ").putUnsigned(function.alignment());
        }
        if (function.preferredAlignment() != 0 && !dialect.drops(22, "prefalign")) {
            out.put(" prefalign(").putUnsigned(function.preferredAlignment()).put(')');
        }
        globals.string(" gc ", function.garbageCollector());
        clause(" prefix ", function.prefixData());
        clause(" prologue ", function.prologueData());
        clause(" personality ", function.personality());
    }

    private void convention(Function function) {
        String keyword = function.callingConvention().keyword();
        if (!keyword.isEmpty()) {
            dialect.conventions().check(keyword, function.position());
            out.put(keyword).put(' ');
        }
    }

    private void clause(String keyword, @Nullable Constant value) {
        if (value != null) {
            out.put(keyword);
            constants.writeTyped(value);
        }
    }

    private void parameters(Function function) {
        out.put('(');
        FunctionType type = function.functionType();
        List<Argument> arguments = function.arguments();
        boolean named = !function.isDeclaration();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            Argument argument = arguments.get(i);
            types.write(argument.type());
            attributes.before(argument.attributes(), AttributeWriter.Place.VALUE);
            if (named) {
                out.put(' ');
                values.write(argument);
            }
        }
        if (type.varArg()) {
            out.put(arguments.isEmpty() ? "..." : ", ...");
        }
        out.put(')');
    }

    private void block(BasicBlock block) {
        out.put('\n');
        String name = block.name();
        if (name != null) {
            out.putName(name).put(":\n");
        } else if (block.previous() != null) {
            out.put(values.number(block)).put(":\n");
        }
        for (Instruction at = block.first(); at != null; at = at.next()) {
            List<DebugRecord> before = at.debugRecords();
            for (int i = 0; i < before.size(); i++) {
                records.write(before.get(i));
            }
            instructions.write(at);
        }
    }

    /** Use-list orders of a function or of the module. */
    void useListOrders(List<UseListOrder> orders, String heading, String keyword) {
        if (orders.isEmpty() || dialect.dropsUseListOrders()) {
            return;
        }
        out.put(heading);
        for (UseListOrder order : orders) {
            if (order.value() instanceof BasicBlock block && block.parent() != null && keyword.charAt(0) == 'u') {
                out.put("uselistorder_bb ");
                constants.name(block.parent());
                out.put(", ");
                constants.blockName(block, block.parent());
            } else {
                out.put(keyword);
                values.writeTyped(order.value());
            }
            out.put(", { ");
            for (int i = 0; i < order.indexes().size(); i++) {
                out.put(i == 0 ? "" : ", ").put(order.indexes().get(i));
            }
            out.put(" }\n");
        }
    }
}
