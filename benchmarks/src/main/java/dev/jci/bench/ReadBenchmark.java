package dev.jci.bench;

import dev.jci.grammar.LlvmIrLexer;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From text to a module: the lexer alone, and everything. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class ReadBenchmark {
    /** {@code small}, {@code medium} or a path. */
    @Param({"small", "medium"})
    public String file = "";

    private Subject subject = Subject.of("small");

    /** Brings the text into memory. */
    @Setup
    public void load() {
        subject = Subject.of(file);
    }

    /** Text to tokens. */
    @Benchmark
    public long lexer(Size size) {
        size.add(subject);
        return LlvmIrReader.countTokens(subject.source());
    }

    /** Text to tokens by the lexer that ANTLR generates, which makes an object for each: what the one above is compared with. */
    @Benchmark
    public long generatedLexer(Size size) {
        size.add(subject);
        LlvmIrLexer lexer = new LlvmIrLexer(
                CharStreams.fromString(new String(subject.source().bytes(), StandardCharsets.ISO_8859_1)));
        long count = 0;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            count++;
        }
        return count;
    }

    /** Text to a module: lexer, parser and building of the model, which are one pass over the text. */
    @Benchmark
    public Module read(Size size) {
        size.add(subject);
        return subject.read();
    }
}
