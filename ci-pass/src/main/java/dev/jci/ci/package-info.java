/**
 * The Compiler Interrupts pass (Basu, Montanari, Eriksson, "Frequent Background Polling on a Shared Thread, using Light-Weight Compiler
 * Interrupts", PLDI 2021): it adds probes to a module, each of which subtracts the work done since the last one from a countdown of the
 * thread, and calls the runtime when the countdown falls below zero.
 *
 * <pre>{@code
 * Report report = CompilerInterrupts.instrument(module, Options.defaults().withMode(Mode.CI));
 * }</pre>
 *
 * <p>The steps, each a class of its own with data going forward only: {@link dev.jci.ci.Exclusions} says which functions stay as they are,
 * the call graph gives the order, a placement ({@code DagPlacement} for mode {@code ci}) decides where work is counted, {@code
 * CountdownEmitter} or {@code PromotedEmitter} writes the code, {@code SideEffects} takes away the attributes that are no longer true.
 *
 * <p>How mode {@code ci} counts. Work is a static number along straight code. Where paths of different cost meet, and at the end of each
 * loop iteration, it goes into a register of the function: the countdown itself, where few calls need it in memory meanwhile, or else what is
 * left of a budget, so that the thread-local countdown is touched only when that is used up, and before the function returns. So a loop
 * iteration costs one subtraction and one branch that is hardly ever taken.
 */
@NullMarked
package dev.jci.ci;

import org.jspecify.annotations.NullMarked;
