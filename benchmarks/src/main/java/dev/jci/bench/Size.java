package dev.jci.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts the lines worked on, which makes JMH report the time for one beside the time for a file. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Size {
    /** Lines of text worked on in this iteration. */
    public long lines;

    /** Forgets the iteration before. */
    @Setup(Level.Iteration)
    public void reset() {
        lines = 0;
    }

    /** Counts the lines of a text that has been worked on once. */
    void add(Subject subject) {
        lines += subject.lines();
    }
}
