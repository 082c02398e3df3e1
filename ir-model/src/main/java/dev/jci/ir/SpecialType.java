package dev.jci.ir;

/** The types that are neither numbers nor made of other types (LangRef, "Void Type", "Label Type", "Token Type", ...). */
public enum SpecialType implements Type {
    /** {@code void}: the result of a function that returns nothing. */
    VOID("void"),
    /** {@code label}: the type of a basic block. */
    LABEL("label"),
    /** {@code token}: a value that may not be hidden in a phi or select. */
    TOKEN("token"),
    /** {@code metadata}: metadata as an operand. */
    METADATA("metadata"),
    /** {@code x86_amx}: a tile register. */
    X86_AMX("x86_amx"),
    /** {@code x86_mmx}: an MMX register; LLVM 20 and later have {@code <1 x i64>} instead. */
    X86_MMX("x86_mmx");

    private final String keyword;

    SpecialType(String keyword) {
        this.keyword = keyword;
    }

    @Override
    public String toString() {
        return keyword;
    }
}
