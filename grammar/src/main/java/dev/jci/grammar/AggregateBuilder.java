package dev.jci.grammar;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.InsertElement;
import dev.jci.ir.InsertValue;
import dev.jci.ir.ShuffleMasks;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;

/** Builds what takes vectors, arrays and structures apart and puts them together (LangRef, "Vector Operations", "Aggregate Operations"). */
final class AggregateBuilder {
    private final FunctionBuilder function;
    private final List<Integer> indices = new ArrayList<>();

    AggregateBuilder(FunctionBuilder function) {
        this.function = function;
    }

    void extractElement(Value vector, Value index) {
        requireVector(vector, "invalid extractelement operands");
        function.add(new ExtractElement(vector, index));
    }

    private void requireVector(Value vector, String message) {
        if (!(vector.type() instanceof VectorType)) {
            throw function.error(0, message);
        }
    }

    void insertElement(Value vector, Value element, Value index) {
        requireVector(vector, "invalid insertelement operands");
        if (!vector.type().scalar().equals(element.type())) {
            throw function.error(0, "invalid insertelement operands");
        }
        function.add(new InsertElement(vector, element, index));
    }

    void shuffleVector(Value first, Value second, Value mask) {
        requireVector(first, "invalid shufflevector operands");
        requireVector(mask, "invalid shufflevector operands");
        if (!first.type().equals(second.type()) || !ShuffleMasks.isValid(mask, (VectorType) first.type())) {
            throw function.error(0, "invalid shufflevector operands");
        }
        function.add(new ShuffleVector(first, second, mask));
    }

    void beginIndices() {
        indices.clear();
    }

    void index(int index) {
        indices.add(index);
    }

    void extractValue(Value aggregate) {
        requireIndices(aggregate, "extractvalue");
        function.add(new ExtractValue(aggregate, List.copyOf(indices)));
    }

    private Type requireIndices(Value aggregate, String what) {
        if (indices.isEmpty()) {
            throw function.error("expected ',' as start of index list");
        }
        try {
            return AggregateTypes.at(aggregate.type(), indices);
        } catch (IllegalArgumentException exception) {
            throw function.error(0, "invalid indices for " + what);
        }
    }

    void insertValue(Value aggregate, Value element) {
        Type reached = requireIndices(aggregate, "insertvalue");
        if (!reached.equals(element.type())) {
            throw function.error(
                    0,
                    "insertvalue operand and field disagree in type: '" + element.type() + "' instead of '" + reached
                            + "'");
        }
        function.add(new InsertValue(aggregate, element, List.copyOf(indices)));
    }
}
