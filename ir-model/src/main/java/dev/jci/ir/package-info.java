/**
 * The model of LLVM IR: modules, types, constants, functions, instructions and metadata, in LLVM's own words.
 */
@NullMarked
package dev.jci.ir;

import org.jspecify.annotations.NullMarked;
