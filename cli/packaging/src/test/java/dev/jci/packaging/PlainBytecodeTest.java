package dev.jci.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBytecodeTest {
    private static final PlainBytecode PLAIN =
            new PlainBytecode(ClassHierarchyResolver.ofResourceParsing(PlainBytecodeTest.class.getClassLoader()));

    @Test
    void classesBehaveAsBefore() throws ReflectiveOperationException {
        Object rewritten = new Rewriting()
                .loadClass("dev.jci.packaging.Sample")
                .getConstructor()
                .newInstance();

        assertThat(((Supplier<?>) rewritten).get()).isEqualTo(new Sample().get());
        assertThat(rewritten.getClass()).isNotEqualTo(Sample.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sample", "Sample$Shape", "Sample$Pair", "Sample$Everything"})
    void nothingIsPutTogetherAtRunTime(String name) throws IOException {
        byte[] before = classFile("dev.jci.packaging." + name);

        assertThat(bootstraps(before)).containsAnyOf("typeSwitch", "bootstrap");
        assertThat(bootstraps(PLAIN.of(before))).doesNotContain("typeSwitch", "bootstrap");
    }

    @Test
    void whatHasNothingToReplaceStaysAsItIs() throws IOException {
        byte[] before = classFile("dev.jci.packaging.PlainBytecodeTest");

        assertThat(PLAIN.of(before)).isSameAs(before);
        byte[] plain = PLAIN.of(classFile("dev.jci.packaging.Sample$Shape"));
        assertThat(PLAIN.of(plain)).isSameAs(plain);
    }

    /** The names of the methods that link the call sites; toString is left as it is. */
    private static List<String> bootstraps(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .filter(method -> !method.methodName().equalsString("toString"))
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(site -> ((InvokeDynamicInstruction) site).bootstrapMethod().methodName())
                .toList();
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in =
                PlainBytecodeTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    /** Loads the sample rewritten, and everything else as usual. */
    private static final class Rewriting extends ClassLoader {
        Rewriting() {
            super(PlainBytecodeTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.jci.packaging.Sample")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                byte[] plain = PLAIN.of(classFile(name));
                return defineClass(name, plain, 0, plain.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
