package dev.jci.ir;

/** Something that an instruction can have as an operand (LangRef, "High Level Structure"). */
public sealed interface Value
        permits Argument, BasicBlock, Constant, ForwardReference, InlineAsm, Instruction, MetadataAsValue {
    /** The type of the value. */
    Type type();
}
