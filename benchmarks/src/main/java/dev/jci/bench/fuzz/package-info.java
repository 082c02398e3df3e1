/**
 * Structured fuzzing of the reader, the verifier, the printer and the pass.
 *
 * <p>{@link dev.jci.bench.fuzz.Fuzz} is the command. It makes inputs on four levels: bytes, tokens and trees of valid files are
 * changed, and modules are generated that are valid by construction. {@link dev.jci.bench.fuzz.Extremes} adds inputs that are
 * extreme in one respect. {@link dev.jci.bench.fuzz.Oracle} says what must hold for every input, whatever it is. Everything is
 * drawn from one seed, so that every input can be made again. {@code docs/fuzzing.md} says how to use it.
 */
@NullMarked
package dev.jci.bench.fuzz;

import org.jspecify.annotations.NullMarked;
