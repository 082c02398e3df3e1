package dev.jci.ir;

import java.util.List;

/** {@code switch i32 %v, label %default [ i32 0, label %zero ]} (LangRef, "switch"). */
public final class Switch extends Instruction implements Terminator {

    /**
     * @param condition the value that decides
     * @param defaultTarget where control goes when no case fits
     * @param cases the cases in order
     */
    public Switch(Value condition, BasicBlock defaultTarget, List<Case> cases) {
        super(SpecialType.VOID, operands(condition, defaultTarget, cases));
    }

    /** The value that decides. */
    public Value condition() {
        return operand(0);
    }

    /** Where control goes when no case fits. */
    public BasicBlock defaultTarget() {
        return (BasicBlock) operand(1);
    }

    /**
     * One case.
     *
     * @param value the integer constant
     * @param target where control goes
     */
    public record Case(Constant value, BasicBlock target) {}

    /** The number of cases without the default. */
    public int caseCount() {
        return operandCount() / 2 - 1;
    }

    /** The value of a case. */
    public Constant caseValue(int index) {
        return (Constant) operand(2 + 2 * index);
    }

    /** The target of a case. */
    public BasicBlock caseTarget(int index) {
        return (BasicBlock) operand(3 + 2 * index);
    }

    /**
     * Changes where control goes.
     *
     * @param edge 0 for the default, then the cases in order, counted from 1
     */
    public void setTarget(int edge, BasicBlock target) {
        setOperand(1 + 2 * edge, target);
    }

    private static Value[] operands(Value condition, BasicBlock defaultTarget, List<Case> cases) {
        Value[] operands = new Value[2 + 2 * cases.size()];
        operands[0] = condition;
        operands[1] = defaultTarget;
        for (int i = 0; i < cases.size(); i++) {
            operands[2 + 2 * i] = cases.get(i).value();
            operands[3 + 2 * i] = cases.get(i).target();
        }
        return operands;
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "switch";
    }
}
