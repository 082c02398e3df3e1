/**
 * JMH benchmarks of the toolkit, one class for each phase of {@code jci instrument}: {@link dev.jci.bench.ReadBenchmark},
 * {@link dev.jci.bench.AnalysisBenchmark}, {@link dev.jci.bench.VerifyBenchmark}, {@link dev.jci.bench.InstrumentBenchmark},
 * {@link dev.jci.bench.PrintBenchmark}, and {@link dev.jci.bench.PipelineBenchmark} for all of them in a row.
 * {@link dev.jci.bench.KernelBenchmark} runs instrumented code.
 *
 * <p>All but the last take the parameter {@code file}: {@code small}, {@code medium} or the path of a module, see {@link
 * dev.jci.bench.Subject}. Beside the time for a file they report the time for a line of it. How to run them stands in
 * {@code benchmarks/README.md}.
 */
@NullMarked
package dev.jci.bench;

import org.jspecify.annotations.NullMarked;
