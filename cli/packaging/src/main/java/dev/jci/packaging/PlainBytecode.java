package dev.jci.packaging;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes plain code of the call sites that a compiler of Java leaves to the virtual machine: pattern switches ({@link
 * TypeSwitch}), and {@code equals} and {@code hashCode} of records ({@link RecordMethod}). Each becomes a call of a private
 * static method that does what {@link java.lang.runtime.SwitchBootstraps} and {@link java.lang.runtime.ObjectMethods} say.
 *
 * <p>The reason is the time that a short-lived process takes: an ahead-of-time cache keeps what lambdas need, but not what these
 * need, so that classes for them were made at every start (Java Virtual Machine Specification 6.5, invokedynamic; JEP 483).
 */
final class PlainBytecode {
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassFile format;

    /** @param types knows the types that the classes mention */
    PlainBytecode(ClassHierarchyResolver types) {
        this.format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types));
    }

    /** A class file with the same behaviour; {@code bytes} itself when there is nothing to replace. */
    byte[] of(byte[] bytes) {
        ClassModel model = format.parse(bytes);
        if (model.methods().stream().noneMatch(PlainBytecode::isReplacedIn)) {
            return bytes;
        }
        Rewriting rewriting =
                new Rewriting(model.thisClass().asSymbol(), (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0);
        return format.transformClass(
                model,
                ClassTransform.transformingMethodBodies(PlainBytecode::isReplacedIn, rewriting.callSites())
                        .andThen(rewriting.methods()));
    }

    private static boolean isReplacedIn(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeDynamicInstruction site
                        && body(site).isPresent());
    }

    /** The code that does what the call site does, with the operands of the call site as its parameters. */
    private static Optional<Consumer<CodeBuilder>> body(InvokeDynamicInstruction site) {
        return TypeSwitch.of(site)
                .<Consumer<CodeBuilder>>map(found -> found::write)
                .or(() -> RecordMethod.of(site).map(found -> found::write));
    }

    /** What becomes of one class. */
    private record Rewriting(ClassDesc owner, boolean isInterface, List<Added> added) {
        private record Added(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

        Rewriting(ClassDesc owner, boolean isInterface) {
            this(owner, isInterface, new ArrayList<>());
        }

        CodeTransform callSites() {
            return (code, element) -> {
                if (element instanceof InvokeDynamicInstruction site) {
                    body(site).ifPresentOrElse(body -> call(code, site.typeSymbol(), body), () -> code.with(site));
                } else {
                    code.with(element);
                }
            };
        }

        private void call(CodeBuilder code, MethodTypeDesc type, Consumer<CodeBuilder> body) {
            Added method = new Added("$plain$" + added.size(), type, body);
            added.add(method);
            code.invokestatic(owner, method.name, method.type, isInterface);
        }

        ClassTransform methods() {
            return ClassTransform.endHandler(owner -> {
                for (Added method : added) {
                    owner.withMethodBody(method.name, method.type, PRIVATE_STATIC, method.body);
                }
            });
        }
    }
}
