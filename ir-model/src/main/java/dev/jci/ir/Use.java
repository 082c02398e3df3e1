package dev.jci.ir;

/**
 * One place where a value is used.
 *
 * @param user the instruction that uses it
 * @param index the place among its operands; -1 when one of its debug records uses it
 */
public record Use(Instruction user, int index) {}
