/**
 * Checks that a module keeps the rules that LLVM's verifier checks first: the shape of blocks, SSA dominance, phis and predecessors, types of
 * operands, calls, exception handling.
 *
 * <pre>{@code
 * List<Diagnostic> wrong = Verifier.verify(module);
 * }</pre>
 */
@NullMarked
package dev.jci.ir.verify;

import org.jspecify.annotations.NullMarked;
