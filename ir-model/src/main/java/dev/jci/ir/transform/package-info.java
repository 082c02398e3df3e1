/**
 * Edits of functions that take more than one step: making a place before a loop or on the way out of it, copying blocks, and giving a value
 * that has several definitions its phis again. Each edit leaves valid IR behind; graphs and trees computed before it are out of date.
 */
@NullMarked
package dev.jci.ir.transform;

import org.jspecify.annotations.NullMarked;
