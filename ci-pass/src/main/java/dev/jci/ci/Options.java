package dev.jci.ci;

import dev.jci.ir.ThreadLocalMode;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the pass is to do.
 *
 * @param mode where probes go
 * @param commitInterval the most work, in IR instructions, that straight code may do without a probe; at least 2
 * @param allowedDeviation how far the costs of paths that meet may lie apart and still be replaced by their mean
 * @param costs what instructions cost
 * @param abi how a probe talks to the runtime
 * @param threadLocalMode the thread-local model of the runtime's variables; null for local-exec where the module was compiled for an executable
 *     and the ABI is the default one, and initial-exec elsewhere
 * @param probeCost work added to each probe for the probe itself; the published implementation adds 7
 * @param skip names of functions to leave alone, with {@code *} and {@code ?} as wildcards
 * @param exportCosts whether other modules will be told the costs of functions, so that visible ones too may leave them to callers
 * @param libraryRate when there is one, time in library functions is measured instead of counted by their costs, at so many IR instructions in
 *     a cycle; 0 for what is usual, which is not known for AArch64. For the modes {@code ci} and {@code ci-cycles} and the default ABI
 */
public record Options(
        Mode mode,
        long commitInterval,
        long allowedDeviation,
        CostModel costs,
        ProbeAbi abi,
        @Nullable ThreadLocalMode threadLocalMode,
        long probeCost,
        List<String> skip,
        boolean exportCosts,
        OptionalDouble libraryRate) {

    private static final double LARGEST_RATE = 1e6;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when a number makes no sense
     */
    public Options {
        skip = List.copyOf(skip);
        if (commitInterval < 2 || commitInterval > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the commit interval must be 2 to 2147483647: " + commitInterval);
        }
        if (allowedDeviation < 0) {
            throw new IllegalArgumentException("the allowed deviation must not be negative: " + allowedDeviation);
        }
        if (probeCost < 0) {
            throw new IllegalArgumentException("the probe cost must not be negative: " + probeCost);
        }
        if (libraryRate.isPresent()) {
            double rate = libraryRate.getAsDouble();
            if (!(rate >= 0 && rate <= LARGEST_RATE)) {
                throw new IllegalArgumentException("the rate of library calls must be 0 to 1000000: " + rate);
            }
            if (abi != ProbeAbi.JCI || !mode.isByCost()) {
                throw new IllegalArgumentException(
                        "library calls are bracketed in the modes ci and ci-cycles, with the default probes");
            }
        }
    }

    /** Mode {@code ci}, commit interval 1000. */
    public static Options defaults() {
        return new Options(
                Mode.CI,
                1000,
                0,
                CostModel.defaults(),
                ProbeAbi.JCI,
                null,
                0,
                List.of(),
                false,
                OptionalDouble.empty());
    }

    /** These options with another mode. */
    public Options withMode(Mode changed) {
        return new Options(
                changed,
                commitInterval,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                probeCost,
                skip,
                exportCosts,
                libraryRate);
    }

    /** These options with another commit interval. */
    public Options withCommitInterval(long changed) {
        return new Options(
                mode,
                changed,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                probeCost,
                skip,
                exportCosts,
                libraryRate);
    }

    /** These options with another allowed deviation. */
    public Options withAllowedDeviation(long changed) {
        return new Options(
                mode, commitInterval, changed, costs, abi, threadLocalMode, probeCost, skip, exportCosts, libraryRate);
    }

    /** These options with other costs. */
    public Options withCosts(CostModel changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                changed,
                abi,
                threadLocalMode,
                probeCost,
                skip,
                exportCosts,
                libraryRate);
    }

    /** These options with another probe ABI. */
    public Options withAbi(ProbeAbi changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                costs,
                changed,
                threadLocalMode,
                probeCost,
                skip,
                exportCosts,
                libraryRate);
    }

    /** These options with another thread-local model. */
    public Options withThreadLocalMode(@Nullable ThreadLocalMode changed) {
        return new Options(
                mode, commitInterval, allowedDeviation, costs, abi, changed, probeCost, skip, exportCosts, libraryRate);
    }

    /**
     * Whether a check looks at the countdown itself, so that it is a probe: in the loops of mode {@code ci} the countdown is in a register, then.
     * Probes of the published ABI cost more, and their checks look at a budget.
     */
    boolean promotesCountdown() {
        return abi == ProbeAbi.JCI && mode.isByCost();
    }

    /** These options with another cost of the probe itself. */
    public Options withProbeCost(long changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                changed,
                skip,
                exportCosts,
                libraryRate);
    }

    /** These options with other names to skip. */
    public Options withSkip(List<String> changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                probeCost,
                changed,
                exportCosts,
                libraryRate);
    }

    /** These options, with or without costs for other modules. */
    public Options withExportCosts(boolean changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                probeCost,
                skip,
                changed,
                libraryRate);
    }

    /** These options, with library calls timed at so many IR instructions in a cycle, or not timed. */
    public Options withLibraryRate(OptionalDouble changed) {
        return new Options(
                mode,
                commitInterval,
                allowedDeviation,
                costs,
                abi,
                threadLocalMode,
                probeCost,
                skip,
                exportCosts,
                changed);
    }
}
