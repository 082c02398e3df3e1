/**
 * Finds the native tools, asks them for their versions and runs them, and the programs that were built with them.
 */
@NullMarked
package dev.jci.toolchain;

import org.jspecify.annotations.NullMarked;
