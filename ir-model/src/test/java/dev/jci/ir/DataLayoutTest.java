package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataLayoutTest {
    private static final DataLayout X86_64 =
            DataLayout.parse("e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128");

    @Test
    void structuresArePaddedToTheirAlignment() {
        StructType struct = StructType.of(IntegerType.I8, IntegerType.I32, IntegerType.I8);

        assertThat(X86_64.offsetOf(struct, 1)).hasValue(4);
        assertThat(X86_64.sizeOf(struct)).hasValue(12);
        assertThat(X86_64.alignOf(struct)).isEqualTo(4);
    }

    @Test
    void packedStructuresAreNot() {
        StructType packed = new StructType(
                true, StructType.of(IntegerType.I8, IntegerType.I32).elements());

        assertThat(X86_64.sizeOf(packed)).hasValue(5);
    }

    @Test
    void pointersDifferByAddressSpace() {
        assertThat(X86_64.sizeOf(PointerType.OPAQUE)).hasValue(8);
        assertThat(X86_64.sizeOf(PointerType.opaque(270))).hasValue(4);
        assertThat(DataLayout.parse("e-p:32:32").sizeOf(PointerType.OPAQUE)).hasValue(4);
    }

    @Test
    void extendedDoubleTakesSixteenBytes() {
        assertThat(X86_64.storeSizeOf(FloatingPointType.X86_FP80)).hasValue(10);
        assertThat(X86_64.sizeOf(FloatingPointType.X86_FP80)).hasValue(16);
    }

    @Test
    void scalableVectorsHaveNoKnownSize() {
        assertThat(X86_64.sizeOf(new VectorType(true, 4, IntegerType.I32))).isEmpty();
        assertThat(X86_64.sizeOf(VectorType.of(4, IntegerType.I32))).hasValue(16);
    }

    @Test
    void malformedNumbersAreRefused() {
        assertThatThrownBy(() -> DataLayout.parse("e-i64:x")).isInstanceOf(IllegalArgumentException.class);
    }
}
