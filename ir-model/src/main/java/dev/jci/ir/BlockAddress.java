package dev.jci.ir;

/**
 * The address of a basic block, {@code blockaddress(@f, %bb)} (LangRef, "Addresses of Basic Blocks").
 *
 * @param type the pointer type
 * @param function the function that the block belongs to
 * @param block the block, never the entry block
 */
public record BlockAddress(Type type, Function function, BasicBlock block) implements Constant {}
