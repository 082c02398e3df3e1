/**
 * Finds the native tools, asks them for their versions and runs them.
 */
@NullMarked
package dev.jci.toolchain;

import org.jspecify.annotations.NullMarked;
