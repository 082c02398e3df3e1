/**
 * Prints a module as LLVM IR text, in the layout of LLVM's own printer, for a chosen LLVM version.
 *
 * <pre>{@code
 * LlvmIrPrinter.write(module, PrintOptions.AS_WRITTEN, out); // the dialect that the module was written in
 * LlvmIrPrinter.write(module, PrintOptions.forLlvm(19), out); // for llc-19
 * }</pre>
 *
 * <p>A writer for each part of the language puts text into one growing buffer: module, globals, functions, instructions, calls, debug
 * records, attributes, constants, types, and values and metadata as operands. {@code ModuleNumbers} is the one place that numbers.
 *
 * <p>What an LLVM can read is decided beside them, in one class for each concern behind {@code Dialect}. There are three answers to what
 * an older LLVM lacks: what only promises something is dropped, what can be said in another way is rewritten, and what would change the
 * meaning is refused with an {@link dev.jci.emit.UnprintableException} that names it. The module itself is never changed.
 */
@NullMarked
package dev.jci.emit;

import org.jspecify.annotations.NullMarked;
