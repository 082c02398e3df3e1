/**
 * The model of LLVM IR: what a {@code .ll} file means, as Java objects.
 *
 * <p>A {@link dev.jci.ir.Module} owns named types, globals, functions and metadata. A {@link dev.jci.ir.Function} is a list of
 * {@link dev.jci.ir.BasicBlock}s, a block is a list of {@link dev.jci.ir.Instruction}s, and the last instruction of a finished
 * block is a {@link dev.jci.ir.Terminator}:
 *
 * <pre>{@code
 * for (Function function : module.functions()) {
 *   for (BasicBlock block : function.blocks()) {
 *     for (Instruction instruction : block.instructions()) {
 *       long cost = switch (instruction) {
 *         case Phi phi -> 0;
 *         case Load load -> 1;
 *         default -> 1;
 *       };
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What has identity and what has not:
 *
 * <ul>
 *   <li>{@link dev.jci.ir.Type}s and {@link dev.jci.ir.Constant}s are immutable values; two that are equal may be exchanged.
 *       Exceptions, as in LLVM: a {@link dev.jci.ir.NamedStruct} and a {@link dev.jci.ir.GlobalValue} are themselves.
 *   <li>Instructions, blocks, functions, globals, metadata nodes and attribute groups have identity and can be changed in place.
 * </ul>
 *
 * <p>Types, attributes, attachments and flags say themselves when they are equal: what the compiler makes of a record is put together at run time, which costs
 * a short-lived process more than the comparing.
 *
 * <p>Uses are not kept up to date by every edit. Who needs them asks {@link dev.jci.ir.UseIndex#of}.
 *
 * <p>Names and strings of the IR are byte strings. They are kept as Java strings with one {@code char} for each byte (that is,
 * decoded as ISO-8859-1); {@link dev.jci.ir.ByteString} turns them to and from readable text.
 *
 * <p>Unnamed values have no number of their own; {@link dev.jci.ir.SlotNumbers} computes the numbers that LLVM would print.
 */
@NullMarked
package dev.jci.ir;

import org.jspecify.annotations.NullMarked;
