package dev.jci.emit;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.FunctionType;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Invoke;
import dev.jci.ir.OperandBundle;
import dev.jci.ir.PointerType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Value;
import java.util.List;

/** Writes {@code call}, {@code invoke} and {@code callbr} (LangRef). */
final class CallWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ValueWriter values;
    private final AttributeWriter attributes;
    private final Dialect dialect;
    private final int programAddressSpace;

    CallWriter(
            TextBuffer out,
            TypeWriter types,
            ValueWriter values,
            AttributeWriter attributes,
            Dialect dialect,
            int programAddressSpace) {
        this.out = out;
        this.types = types;
        this.values = values;
        this.attributes = attributes;
        this.dialect = dialect;
        this.programAddressSpace = programAddressSpace;
    }

    /** The call without result and attachments. */
    void write(CallBase call) {
        Value same = dialect.intrinsics().sameValue(call);
        if (same != null) {
            // A call that only gives back its argument, for an LLVM that does not have the intrinsic.
            out.put("bitcast ");
            values.writeTyped(same);
            out.put(" to ");
            types.write(call.type());
            return;
        }
        CallBase spoken = dialect.intrinsics().spoken(call);
        switch (spoken) {
            case Call plain -> {
                if (plain.tailCallKind() != TailCallKind.NONE) {
                    out.put(plain.tailCallKind().keyword()).put(' ');
                }
                out.put("call");
                flags(plain);
                site(plain, forwardsEllipsis(call, plain));
            }
            case Invoke invoke -> {
                out.put("invoke");
                site(invoke, false);
                out.put("\n          to ");
                values.label(invoke.normalDestination());
                out.put(" unwind ");
                values.label(invoke.unwindDestination());
            }
            case CallBr br -> {
                if (br.callee() instanceof InlineAsm assembly
                        && assembly.constraints().contains("!i")) {
                    dialect.require(15, "callbr with a label constraint", br.position());
                }
                dialect.intrinsics().check(br);
                out.put("callbr");
                site(br, false);
                out.put("\n          to ");
                values.label(br.defaultDestination());
                indirectDestinations(br.indirectDestinations());
            }
        }
    }

    private void flags(Call call) {
        if (!call.flags().isEmpty()) {
            List<String> words =
                    dialect.flags().keptIn("call", call.flags(), call.type()).words();
            for (int i = 0; i < words.size(); i++) {
                out.put(' ').put(words.get(i));
            }
        }
    }

    private void indirectDestinations(List<BasicBlock> destinations) {
        out.put(" [");
        for (int i = 0; i < destinations.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            values.label(destinations.get(i));
        }
        out.put(']');
    }

    /** A {@code musttail} call inside a variadic function hands on what the function was given, and the text says so. */
    private static boolean forwardsEllipsis(CallBase original, Call call) {
        BasicBlock block = original.parent();
        return call.tailCallKind() == TailCallKind.MUSTTAIL
                && block != null
                && block.parent() != null
                && block.parent().functionType().varArg();
    }

    /** The address space that the callee is a pointer to; inline assembly is in none, and what was written is kept. */
    private void addressSpace(CallBase call) {
        boolean written = call.addressSpace() >= 0;
        if (call.callee().type() instanceof PointerType callee && !(call.callee() instanceof InlineAsm)) {
            if (written || callee.addressSpace() != 0 || programAddressSpace != 0) {
                out.put(" addrspace(").put(callee.addressSpace()).put(')');
            }
        } else if (written) {
            out.put(" addrspace(").put(call.addressSpace()).put(')');
        }
    }

    private void site(CallBase call, boolean ellipsis) {
        String convention = call.callingConvention().keyword();
        if (!convention.isEmpty()) {
            dialect.conventions().check(convention, call.position());
            out.put(' ').put(convention);
        }
        attributes.before(call.returnAttributes(), AttributeWriter.Place.VALUE);
        addressSpace(call);
        out.put(' ');
        FunctionType type = call.functionType();
        types.write(type.varArg() ? type : type.result());
        out.put(' ');
        values.write(call.callee());
        arguments(call, ellipsis);
        attributes.function(call.attributes());
        bundles(dialect.bundles().keptIn(call));
    }

    private void arguments(CallBase call, boolean ellipsis) {
        out.put('(');
        int count = call.argumentCount();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(", ");
            }
            Value argument = call.argument(i);
            types.write(argument.type());
            attributes.before(dialect.intrinsics().argumentAttributes(call, i), AttributeWriter.Place.VALUE);
            out.put(' ');
            values.write(argument);
        }
        if (ellipsis) {
            out.put(count > 0 ? ", ..." : "...");
        }
        out.put(')');
    }

    private void bundles(List<OperandBundle> bundles) {
        if (bundles.isEmpty()) {
            return;
        }
        out.put(" [ ");
        for (int i = 0; i < bundles.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            OperandBundle bundle = bundles.get(i);
            out.putQuoted(bundle.tag()).put('(');
            for (int j = 0; j < bundle.inputs().size(); j++) {
                if (j > 0) {
                    out.put(", ");
                }
                values.writeTyped(bundle.inputs().get(j));
            }
            out.put(')');
        }
        out.put(" ]");
    }
}
