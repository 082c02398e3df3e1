package dev.jci.ir;

/** {@code icmp slt i32 %a, %b} (LangRef, "icmp"). */
public final class ICmp extends Instruction {
    private ICmpPredicate predicate;
    private Flags flags;

    /**
     * @param predicate the predicate
     * @param flags the flag words, {@code samesign}
     * @param left the first operand
     * @param right the second operand
     */
    public ICmp(ICmpPredicate predicate, Flags flags, Value left, Value right) {
        super(AggregateTypes.comparisonResult(left.type()), left, right);
        this.predicate = predicate;
        this.flags = flags;
    }

    /** The first operand. */
    public Value left() {
        return operand(0);
    }

    /** The second operand. */
    public Value right() {
        return operand(1);
    }

    /** The predicate. */
    public ICmpPredicate predicate() {
        return predicate;
    }

    /** Changes: the predicate. */
    public void setPredicate(ICmpPredicate predicate) {
        this.predicate = predicate;
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    @Override
    public String opcode() {
        return "icmp";
    }
}
