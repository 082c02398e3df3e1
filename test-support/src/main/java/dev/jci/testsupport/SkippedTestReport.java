package dev.jci.testsupport;

import java.io.PrintStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints, after a module's last test, one line per reason for which tests were skipped. Surefire's own summary only
 * counts them, and a reader of the build's output could not tell what was not tested.
 *
 * <p>The platform finds this listener through {@code META-INF/services}.
 */
public final class SkippedTestReport implements TestExecutionListener {
    private final SortedMap<String, SortedSet<String>> classesByReason = new TreeMap<>();
    private final PrintStream out;

    /** Reports to standard output. */
    public SkippedTestReport() {
        this(System.out);
    }

    /**
     * Reports to a stream.
     *
     * @param out where the lines go
     */
    SkippedTestReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        record(test, reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            record(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        for (Map.Entry<String, SortedSet<String>> skipped : classesByReason.entrySet()) {
            out.println("skipped: " + skipped.getKey() + " (" + String.join(", ", skipped.getValue()) + ")");
        }
        classesByReason.clear();
    }

    private void record(TestIdentifier test, String reason) {
        classesByReason
                .computeIfAbsent(reason.lines().findFirst().orElse(""), unused -> new TreeSet<>())
                .add(className(test));
    }

    private static String className(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case ClassSource source -> simpleName(source.getClassName());
            case MethodSource source -> simpleName(source.getClassName());
            case null, default -> test.getDisplayName();
        };
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
