package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;

/**
 * A module before and after the pass. Making one fails when the pass leaves an invalid module behind.
 *
 * @param source the text before
 * @param options what the pass was told
 * @param module the module after
 * @param report what the pass says it did
 */
record Instrumented(String source, Options options, Module module, Report report) {
    /** Instruments a module. */
    static Instrumented of(String source, Options options) {
        Module module = LlvmIrReader.read("t.ll", source).orThrow();
        Report report = CompilerInterrupts.instrument(module, options);
        assertThat(Verifier.verify(module)).as(source).isEmpty();
        return new Instrumented(source, options, module, report);
    }

    /** Instruments a module in mode {@code ci}. */
    static Instrumented of(String source) {
        return of(source, Options.defaults());
    }

    /** The text after. */
    String text() {
        try {
            return LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);
        } catch (UnprintableException exception) {
            throw new AssertionError(exception);
        }
    }

    /** What the pass says it did to a function. */
    Report.FunctionReport reportOf(String function) {
        return report.functions().stream()
                .filter(entry -> entry.name().equals(function))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report of " + function));
    }

    /** A function after the pass. */
    Function function(String name) {
        Function function = module.function(name);
        if (function == null) {
            throw new AssertionError("no function " + name);
        }
        return function;
    }

    /** The block of a function after the pass that has a name: of one that was cut, the first part. */
    BasicBlock block(String function, String name) {
        for (BasicBlock block : function(function).blocks()) {
            if (name.equals(block.name())) {
                return block;
            }
        }
        throw new AssertionError("no block " + name + " in " + text());
    }

    /** Runs {@code f0} without probes. */
    Observation before() {
        return Observation.before(LlvmIrReader.read("t.ll", source).orThrow(), options.costs());
    }

    /** Runs {@code f0} with probes; it has to do the same. */
    Observation after() {
        Observation after = Observation.after(module, options.costs());
        assertThat(after.outcome()).as(source).isEqualTo(before().outcome());
        return after;
    }

    /** Fails unless the clock shows the work of {@code f0} in the end. */
    void countsExactly() {
        assertThat(after().clock()).as(text()).isEqualTo(before().work());
    }
}
