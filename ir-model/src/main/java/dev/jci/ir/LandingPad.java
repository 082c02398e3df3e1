package dev.jci.ir;

import java.util.List;

/** {@code landingpad { ptr, i32 } cleanup catch ptr @typeinfo} (LangRef, "landingpad"). */
public final class LandingPad extends Instruction implements ExceptionPad {
    private boolean isCleanup;
    private final List<Boolean> filters;

    /**
     * @param type the type of the exception value
     * @param isCleanup whether {@code cleanup} is given
     * @param clauses the operands of the clauses
     * @param filters for each clause whether it is a filter clause rather than a catch clause
     */
    public LandingPad(Type type, boolean isCleanup, List<? extends Value> clauses, List<Boolean> filters) {
        super(type, clauses.toArray(Value[]::new));
        this.isCleanup = isCleanup;
        this.filters = filters;
    }

    /** Whether {@code cleanup} is given. */
    public boolean isCleanup() {
        return isCleanup;
    }

    /** Changes: whether {@code cleanup} is given. */
    public void setIsCleanup(boolean isCleanup) {
        this.isCleanup = isCleanup;
    }

    /** For each clause whether it is {@code filter} rather than {@code catch}. */
    public List<Boolean> filters() {
        return filters;
    }

    /** The number of clauses. */
    public int clauseCount() {
        return operandCount();
    }

    /** Whether that clause is {@code filter} rather than {@code catch}. */
    public boolean isFilter(int index) {
        return filters.get(index);
    }

    @Override
    public String opcode() {
        return "landingpad";
    }
}
