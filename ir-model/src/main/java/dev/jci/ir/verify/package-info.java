/**
 * Checks that a module keeps the rules of LLVM's verifier, with the place and close to its words.
 *
 * <pre>{@code
 * List<Diagnostic> wrong = Verifier.verify(module);
 * List<Diagnostic> wrongForLlvm19 = Verifier.verify(module, new LanguageVersion(19));
 * }</pre>
 *
 * <p>One class for each subject: shape of blocks and types of operands, SSA form, memory, exception handling, globals, attributes,
 * intrinsics, inline assembly, metadata. Every class looks at one instruction or node at a time and remembers what it found out about
 * nodes and declarations, so that a module is verified in linear time. Rules that came or went with a version of LLVM hold only when it
 * is said which LLVM the module is for; without that nothing is refused that one of them takes.
 */
@NullMarked
package dev.jci.ir.verify;

import org.jspecify.annotations.NullMarked;
