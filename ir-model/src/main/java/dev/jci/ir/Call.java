package dev.jci.ir;

/** {@code tail call fastcc i32 @f(i32 %x)} (LangRef, "call"). */
public final class Call extends CallBase {
    private TailCallKind tailCallKind;
    private Flags flags;

    /**
     * @param site callee, arguments and what stands around them
     * @param tailCallKind the tail call marker
     * @param flags the fast-math flags
     */
    public Call(CallSite site, TailCallKind tailCallKind, Flags flags) {
        super(site);
        this.tailCallKind = tailCallKind;
        this.flags = flags;
    }

    /** The tail call marker. */
    public TailCallKind tailCallKind() {
        return tailCallKind;
    }

    /** Changes: the tail call marker. */
    public void setTailCallKind(TailCallKind tailCallKind) {
        this.tailCallKind = tailCallKind;
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
        return "call";
    }
}
