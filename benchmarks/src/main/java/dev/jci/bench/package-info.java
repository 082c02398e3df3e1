/**
 * Benchmarks of the toolkit and of the programs it instruments.
 */
@NullMarked
package dev.jci.bench;

import org.jspecify.annotations.NullMarked;
