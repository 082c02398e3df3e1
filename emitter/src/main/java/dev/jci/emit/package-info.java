/**
 * Prints a module as LLVM IR text for a chosen LLVM version.
 */
@NullMarked
package dev.jci.emit;

import org.jspecify.annotations.NullMarked;
