package dev.jci.emit;

import dev.jci.ir.Alloca;
import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CatchRet;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.CondBr;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.FCmp;
import dev.jci.ir.FNeg;
import dev.jci.ir.Fence;
import dev.jci.ir.Flags;
import dev.jci.ir.Freeze;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.ICmp;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InsertElement;
import dev.jci.ir.InsertValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Load;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Select;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.Store;
import dev.jci.ir.Switch;
import dev.jci.ir.Unreachable;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes instructions (LangRef, "Instruction Reference"), in the order of the reference. */
final class InstructionWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ValueWriter values;
    private final CallWriter calls;
    private final GlobalWriter globals;
    private final Dialect dialect;

    InstructionWriter(
            TextBuffer out,
            TypeWriter types,
            ValueWriter values,
            CallWriter calls,
            GlobalWriter globals,
            Dialect dialect) {
        this.out = out;
        this.types = types;
        this.values = values;
        this.calls = calls;
        this.globals = globals;
        this.dialect = dialect;
    }

    /** The instruction on its line, with result and attachments. */
    void write(Instruction instruction) {
        dialect.at(instruction.position());
        if (instruction instanceof CallBase call && dialect.intrinsics().drops(call)) {
            return;
        }
        out.put("  ");
        if (instruction.hasResult()) {
            values.write(instruction);
            out.put(" = ");
        }
        body(instruction);
        if (!instruction.attachments().isEmpty()) {
            globals.attachments(instruction);
        }
        out.put('\n');
    }

    private void body(Instruction instruction) {
        switch (instruction) {
            case Ret ret -> ret(ret);
            case Br br -> {
                out.put("br ");
                values.label(br.target());
            }
            case CondBr br -> {
                out.put("br ");
                values.writeTyped(br.condition());
                out.put(", ");
                values.label(br.ifTrue());
                out.put(", ");
                values.label(br.ifFalse());
            }
            case Switch it -> switchOver(it);
            case IndirectBr br -> {
                out.put("indirectbr ");
                values.writeTyped(br.address());
                out.put(", ");
                labels(br.successors());
            }
            case CallBase call -> calls.write(call);
            case Resume resume -> typed("resume ", resume.value());
            case CatchSwitch it -> catchSwitch(it);
            case CatchRet ret -> {
                out.put("catchret from ");
                values.write(ret.pad());
                out.put(" to ");
                values.label(ret.target());
            }
            case CleanupRet ret -> {
                out.put("cleanupret from ");
                values.write(ret.pad());
                unwind(ret.unwindDestination());
            }
            case Unreachable it -> out.put("unreachable");
            case FNeg it -> {
                opcode("fneg", it.flags());
                values.writeTyped(it.value());
            }
            case BinaryOperator it -> {
                opcode(it.operation().keyword(), it.flags());
                pair(it.left(), it.right());
            }
            case ExtractElement it -> list("extractelement ", it);
            case InsertElement it -> list("insertelement ", it);
            case ShuffleVector it -> list("shufflevector ", it);
            case ExtractValue it -> {
                list("extractvalue ", it);
                indices(it.indices());
            }
            case InsertValue it -> {
                list("insertvalue ", it);
                indices(it.indices());
            }
            case Alloca it -> alloca(it);
            case Load it -> load(it);
            case Store it -> store(it);
            case Fence fence -> {
                out.put("fence");
                atomic(fence.syncScope(), fence.ordering());
            }
            case CmpXchg it -> cmpxchg(it);
            case AtomicRMW it -> atomicrmw(it);
            case GetElementPtr it -> {
                dialect.layout().check(it.sourceElementType());
                opcode("getelementptr", it.flags());
                types.write(it.sourceElementType());
                out.put(", ");
                list("", it);
            }
            case Cast it -> {
                opcode(dialect.casts().keyword(it), it.flags());
                values.writeTyped(it.value());
                out.put(" to ");
                types.write(it.type());
            }
            case ICmp it -> {
                opcode("icmp", it.flags());
                out.put(it.predicate().keyword()).put(' ');
                pair(it.left(), it.right());
            }
            case FCmp it -> {
                opcode("fcmp", it.flags());
                out.put(it.predicate().keyword()).put(' ');
                pair(it.left(), it.right());
            }
            case Phi it -> phi(it);
            case Select it -> {
                opcode("select", dialect.flags().keptIn("select", it.flags(), it.type()));
                list("", it);
            }
            case Freeze it -> typed("freeze ", it.value());
            case VAArg it -> {
                typed("va_arg ", it.list());
                out.put(", ");
                types.write(it.type());
            }
            case LandingPad it -> landingPad(it);
            case CatchPad it -> pad("catchpad within ", it.parentPad(), it);
            case CleanupPad it -> pad("cleanuppad within ", it.parentPad(), it);
        }
    }

    private void opcode(String keyword, Flags flags) {
        out.put(keyword).put(' ');
        if (!flags.isEmpty()) {
            List<String> words = dialect.flags().keptIn(keyword, flags).words();
            for (int i = 0; i < words.size(); i++) {
                out.put(words.get(i)).put(' ');
            }
        }
    }

    private void typed(String keyword, Value value) {
        out.put(keyword);
        values.writeTyped(value);
    }

    /** Two operands of one type, which is written once. */
    private void pair(Value left, Value right) {
        values.writeTyped(left);
        out.put(", ");
        values.write(right);
    }

    /** All operands with their types. */
    private void list(String keyword, Instruction instruction) {
        out.put(keyword);
        for (int i = 0; i < instruction.operandCount(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            values.writeTyped(instruction.operand(i));
        }
    }

    private void indices(List<Integer> indices) {
        for (int i = 0; i < indices.size(); i++) {
            out.put(", ").put(indices.get(i));
        }
    }

    private void labels(List<BasicBlock> blocks) {
        out.put('[');
        for (int i = 0; i < blocks.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            values.label(blocks.get(i));
        }
        out.put(']');
    }

    private void ret(Ret ret) {
        Value value = ret.value();
        if (value == null) {
            out.put("ret void");
        } else {
            typed("ret ", value);
        }
    }

    private void switchOver(Switch it) {
        typed("switch ", it.condition());
        out.put(", ");
        values.label(it.defaultTarget());
        out.put(" [");
        for (int i = 0; i < it.caseCount(); i++) {
            out.put("\n    ");
            values.writeTyped(it.caseValue(i));
            out.put(", ");
            values.label(it.caseTarget(i));
        }
        out.put("\n  ]");
    }

    private void catchSwitch(CatchSwitch it) {
        out.put("catchswitch within ");
        values.write(it.parentPad());
        out.put(' ');
        labels(it.handlers());
        unwind(it.unwindDestination());
    }

    private void unwind(@Nullable BasicBlock destination) {
        if (destination == null) {
            out.put(" unwind to caller");
        } else {
            out.put(" unwind ");
            values.label(destination);
        }
    }

    private void alloca(Alloca it) {
        out.put("alloca ").put(it.inAlloca() ? "inalloca " : "").put(it.swiftError() ? "swifterror " : "");
        dialect.layout().check(it.allocatedType());
        types.write(it.allocatedType());
        Value count = it.count();
        if (count != null) {
            typed(", ", count);
        }
        alignment(it.alignment() == 0 ? dialect.layout().impliedAlignment(it.allocatedType()) : it.alignment());
        if (it.type() instanceof PointerType pointer && pointer.addressSpace() != 0) {
            out.put(", addrspace(").put(pointer.addressSpace()).put(')');
        }
    }

    private void alignment(long alignment) {
        if (alignment != 0) {
            out.put(", align ").putUnsigned(alignment);
        }
    }

    private void atomic(@Nullable String syncScope, @Nullable AtomicOrdering ordering) {
        if (syncScope != null) {
            out.put(" syncscope(").putQuoted(syncScope).put(')');
        }
        if (ordering != null) {
            out.put(' ').put(ordering.keyword());
        }
    }

    private void load(Load it) {
        out.put(it.ordering() == null ? "load " : "load atomic ").put(it.isVolatile() ? "volatile " : "");
        dialect.layout().check(it.type());
        types.write(it.type());
        typed(", ", it.pointer());
        atomic(it.syncScope(), it.ordering());
        alignment(it.alignment());
    }

    private void store(Store it) {
        out.put(it.ordering() == null ? "store " : "store atomic ").put(it.isVolatile() ? "volatile " : "");
        dialect.layout().check(it.value().type());
        values.writeTyped(it.value());
        typed(", ", it.pointer());
        atomic(it.syncScope(), it.ordering());
        alignment(it.alignment());
    }

    private void cmpxchg(CmpXchg it) {
        out.put(it.isWeak() ? "cmpxchg weak " : "cmpxchg ").put(it.isVolatile() ? "volatile " : "");
        list("", it);
        atomic(it.syncScope(), it.successOrdering());
        out.put(' ').put(it.failureOrdering().keyword());
        alignment(it.alignment());
    }

    private void atomicrmw(AtomicRMW it) {
        dialect.atomics().check(it);
        out.put(it.isVolatile() ? "atomicrmw volatile " : "atomicrmw ")
                .put(it.operation())
                .put(' ');
        list("", it);
        atomic(it.syncScope(), it.ordering());
        alignment(it.alignment());
    }

    private void phi(Phi it) {
        opcode("phi", dialect.flags().keptIn("phi", it.flags(), it.type()));
        types.write(it.type());
        for (int i = 0; i < it.incomingCount(); i++) {
            out.put(i == 0 ? " [ " : ", [ ");
            values.write(it.incomingValue(i));
            out.put(", ");
            values.write(it.incomingBlock(i));
            out.put(" ]");
        }
    }

    private void landingPad(LandingPad it) {
        out.put("landingpad ");
        types.write(it.type());
        if (it.isCleanup()) {
            out.put("\n          cleanup");
        }
        for (int i = 0; i < it.clauseCount(); i++) {
            out.put(it.isFilter(i) ? "\n          filter " : "\n          catch ");
            values.writeTyped(it.operand(i));
        }
    }

    private void pad(String keyword, Value parent, Instruction pad) {
        out.put(keyword);
        values.write(parent);
        out.put(" [");
        for (int i = 1; i < pad.operandCount(); i++) {
            if (i > 1) {
                out.put(", ");
            }
            values.writeTyped(pad.operand(i));
        }
        out.put(']');
    }
}
