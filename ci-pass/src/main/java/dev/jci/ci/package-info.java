/**
 * The Compiler Interrupts pass: makes a program call a handler at even intervals of its own progress.
 */
@NullMarked
package dev.jci.ci;

import org.jspecify.annotations.NullMarked;
