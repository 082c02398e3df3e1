/**
 * Reads LLVM IR text into a module, or says in a diagnostic why it cannot.
 */
@NullMarked
package dev.jci.grammar;

import org.jspecify.annotations.NullMarked;
