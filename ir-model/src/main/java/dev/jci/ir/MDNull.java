package dev.jci.ir;

/** {@code null} as an operand of a metadata node. */
public enum MDNull implements MDOperand {
    /** The only one. */
    NULL
}
