package dev.jci.grammar;

import static dev.jci.grammar.Rejections.assertAccepted;
import static dev.jci.grammar.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "e- | Trailing separator in datalayout string",
                "e--i64:64 | Expected token before separator in datalayout string",
                "k | Unknown specifier in datalayout string",
                "p:64 | Missing alignment specification for pointer in datalayout string",
                "p:0:64 | Invalid pointer size of 0 bytes",
                "p16777216:64:64 | Invalid address space, must be a 24-bit integer",
                "p4294967296:64:64 | not a number, or does not fit in an unsigned int",
                "p:32:32:16 | Preferred alignment cannot be less than the ABI alignment",
                "p:32:24 | Pointer ABI alignment must be a power of 2",
                "i64 | Missing alignment specification in datalayout string",
                "i64:12 | number of bits must be a byte width multiple",
                "i64:64:32 | Preferred alignment cannot be less than the ABI alignment",
                "i64:8:16777216 | Invalid preferred alignment, must be a 16bit integer",
                "v64:0 | ABI alignment specification must be >0 for non-aggregate types",
                "a8:64 | Sized aggregate specification in datalayout string",
                "n8:0 | Zero width native integer type in datalayout string",
                "S24 | Alignment is neither 0 nor a power of 2",
                "Fx64 | Unknown function pointer alignment type in datalayout string",
                "P16777216 | Invalid address space, must be a 24-bit integer",
                "ni:0 | Address space 0 can never be non-integral",
                "m:q | Unknown mangling in datalayout string",
                "m | Expected mangling specifier in datalayout string",
            })
    void whatNoLlvmUnderstandsIsRefused(String layout, String message) {
        assertThat(rejection("\ntarget datalayout = \"" + layout + "\"")).isEqualTo("2: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128",
                "E-p:52:64-ni:4-A5-G1-P2-Fn32-a:0:64",
                "e-pu7:160:256:256:32-i8:8:32",
            })
    void layoutsOfTargetsAreTaken(String layout) {
        assertAccepted("target datalayout = \"" + layout + "\"");
    }
}
