/**
 * Analyses over the model: control flow, dominators, loops, trip counts and the call graph.
 */
@NullMarked
package dev.jci.ir.analysis;

import org.jspecify.annotations.NullMarked;
