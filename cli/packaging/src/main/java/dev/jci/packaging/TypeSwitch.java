package dev.jci.packaging;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A switch over types as {@link java.lang.runtime.SwitchBootstraps#typeSwitch} describes it: of a target and the label to begin
 * with, the number of the first label from there whose type the target has; -1 for null; the number of labels for none.
 */
record TypeSwitch(List<ClassDesc> labels) {
    /** The switch at a call site; empty where it is something else, or has labels that are no types. */
    static Optional<TypeSwitch> of(InvokeDynamicInstruction site) {
        var bootstrap = site.bootstrapMethod();
        if (!bootstrap.owner().descriptorString().equals("Ljava/lang/runtime/SwitchBootstraps;")
                || !bootstrap.methodName().equals("typeSwitch")
                || !site.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(new TypeSwitch(
                site.bootstrapArgs().stream().map(ClassDesc.class::cast).toList()));
    }

    /** Writes the body of a static method (target, label to begin with). */
    void write(CodeBuilder code) {
        Label isNull = code.newLabel();
        List<Label> tests = IntStream.range(0, labels.size() + 1)
                .mapToObj(label -> code.newLabel())
                .toList();
        code.aload(0).ifnull(isNull);
        goToLabelToBeginWith(code, tests);
        for (int label = 0; label < labels.size(); label++) {
            code.labelBinding(tests.get(label));
            code.aload(0).instanceOf(labels.get(label)).ifeq(tests.get(label + 1));
            code.loadConstant(label).ireturn();
        }
        code.labelBinding(tests.getLast()).loadConstant(labels.size()).ireturn();
        code.labelBinding(isNull).iconst_m1().ireturn();
    }

    /** Only a case with a guard that did not hold makes a switch begin later than at its first label. */
    private void goToLabelToBeginWith(CodeBuilder code, List<Label> tests) {
        if (labels.size() < 2) {
            return;
        }
        code.iload(1).ifeq(tests.getFirst());
        List<SwitchCase> later = new ArrayList<>();
        for (int label = 1; label < labels.size(); label++) {
            later.add(SwitchCase.of(label, tests.get(label)));
        }
        code.iload(1).tableswitch(1, labels.size() - 1, tests.getLast(), later);
    }
}
