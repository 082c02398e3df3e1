package dev.jci.ir.transform;

import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.CallBr;
import dev.jci.ir.CallSite;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The two ways to tell the assembly text of {@code callbr} about its labels (LangRef, "callbr", "Inline Assembler Expressions"): up to LLVM 14
 * each is an argument {@code blockaddress(@f, %label)} with a constraint {@code i} or {@code X}, later only a constraint {@code !i}. They are
 * numbered alike in the text.
 */
public final class CallBrLabels {
    private static final String LABEL = "!i";

    private CallBrLabels() {}

    /**
     * Makes arguments of labels, for LLVM 14.
     *
     * @param module the module
     * @param rewrites is told of each instruction
     */
    public static void toArguments(Module module, Rewrites rewrites) {
        boolean typed = module.hasTypedPointers();
        InstructionReplacement.everywhere(
                module,
                instruction -> instruction instanceof CallBr br
                                && br.callee() instanceof InlineAsm assembly
                                && constraints(assembly).contains(LABEL)
                        ? withArguments(br, assembly, typed)
                        : List.of(),
                "labels of callbr as arguments",
                rewrites);
    }

    /**
     * Makes constraints of arguments, for LLVM 15 and later. What does not look as LLVM 14 wants it stays.
     *
     * @param module the module
     * @param rewrites is told of each instruction
     */
    public static void toConstraints(Module module, Rewrites rewrites) {
        InstructionReplacement.everywhere(
                module,
                instruction -> instruction instanceof CallBr br
                                && br.callee() instanceof InlineAsm assembly
                                && !constraints(assembly).contains(LABEL)
                        ? withConstraints(br, assembly)
                        : List.of(),
                "arguments of callbr as labels",
                rewrites);
    }

    private static List<String> constraints(InlineAsm assembly) {
        return List.of(assembly.constraints().split(",", -1));
    }

    private static List<Instruction> withArguments(CallBr br, InlineAsm assembly, boolean typed) {
        BasicBlock block = br.parent();
        Function function = block == null ? null : block.parent();
        if (function == null) {
            return List.of();
        }
        int space = function.type().addressSpace();
        Type type = typed ? PointerType.to(IntegerType.I8, space) : PointerType.opaque(space);
        List<Value> arguments = new ArrayList<>(br.arguments());
        br.indirectDestinations().forEach(label -> arguments.add(new BlockAddress(type, function, label)));
        List<String> constraints = new ArrayList<>(constraints(assembly));
        constraints.replaceAll(constraint -> constraint.equals(LABEL) ? "i" : constraint);
        return List.of(with(br, assembly, constraints, arguments, attributes(br)));
    }

    private static List<Instruction> withConstraints(CallBr br, InlineAsm assembly) {
        List<String> constraints = new ArrayList<>(constraints(assembly));
        List<Value> arguments = new ArrayList<>();
        List<AttributeSet> attributes = new ArrayList<>();
        List<BasicBlock> labels = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < constraints.size(); i++) {
            String constraint = constraints.get(i);
            if (!takesArgument(constraint)) {
                continue;
            }
            if (next == br.argumentCount()) {
                return List.of();
            }
            Value argument = br.argument(next);
            if (argument instanceof BlockAddress address && (constraint.equals("i") || constraint.equals("X"))) {
                constraints.set(i, LABEL);
                labels.add(address.block());
            } else {
                arguments.add(argument);
                attributes.add(br.argumentAttributes(next));
            }
            next++;
        }
        return labels.isEmpty() || !labels.equals(br.indirectDestinations())
                ? List.of()
                : List.of(with(br, assembly, constraints, arguments, attributes));
    }

    /** Inputs do, and outputs by address; other outputs and clobbers do not. */
    private static boolean takesArgument(String constraint) {
        return constraint.startsWith("=") ? constraint.contains("*") : !constraint.startsWith("~");
    }

    private static List<AttributeSet> attributes(CallBr br) {
        List<AttributeSet> attributes = new ArrayList<>();
        for (int i = 0; i < br.argumentCount(); i++) {
            attributes.add(br.argumentAttributes(i));
        }
        return attributes;
    }

    private static CallBr with(
            CallBr br,
            InlineAsm assembly,
            List<String> constraints,
            List<Value> arguments,
            List<AttributeSet> attributes) {
        FunctionType type = new FunctionType(
                br.functionType().result(),
                arguments.stream().map(Value::type).toList(),
                br.functionType().varArg());
        Type pointer = assembly.type() instanceof PointerType known && !known.isOpaque()
                ? PointerType.to(type, known.addressSpace())
                : assembly.type();
        InlineAsm changed = new InlineAsm(
                pointer,
                assembly.template(),
                String.join(",", constraints),
                assembly.sideEffect(),
                assembly.alignStack(),
                assembly.intelDialect(),
                assembly.canUnwind());
        CallSite site = br.site();
        CallBr made = new CallBr(
                new CallSite(
                        site.convention(),
                        site.returnAttributes(),
                        site.addressSpace(),
                        type,
                        changed,
                        arguments,
                        attributes,
                        site.attributes(),
                        site.bundles()),
                br.defaultDestination(),
                br.indirectDestinations());
        made.setAttachments(br.attachments());
        return made;
    }
}
