/**
 * An interpreter for the part of LLVM IR that the tests of the pass need: integers of up to 64 bits, pointers into one flat memory,
 * branches, calls and exceptions. A {@link dev.jci.ci.interp.Machine} runs the functions of one module, tells a
 * {@link dev.jci.ci.interp.Listener} what it does, and calls Java code for functions that are only declared.
 */
@NullMarked
package dev.jci.ci.interp;

import org.jspecify.annotations.NullMarked;
