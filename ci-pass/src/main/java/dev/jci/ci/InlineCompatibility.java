package dev.jci.ci;

import dev.jci.ir.Attribute;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Whether the code of one function means the same inside another: attributes of a function say for which processor, by which rules of arithmetic
 * and with which protection its code is made (LangRef, "Function Attributes"). Text attributes are open, so that all of them have to agree.
 */
final class InlineCompatibility {
    /** The attributes that are words and change what code is made. Others promise something to callers, or say what is worth it. */
    private static final List<String> WORDS = List.of(
            "strictfp",
            "null_pointer_is_valid",
            "noimplicitfloat",
            "vscale_range",
            "denormal_fpenv",
            "convergent",
            "presplitcoroutine",
            "safestack",
            "shadowcallstack",
            "speculative_load_hardening",
            "ssp",
            "sspstrong",
            "sspreq",
            "nocf_check",
            "fn_ret_thunk_extern",
            "noprofile",
            "skipprofile",
            "nosanitize_bounds",
            "nosanitize_coverage",
            "sanitize_address",
            "sanitize_alloc_token",
            "sanitize_hwaddress",
            "sanitize_memory",
            "sanitize_memtag",
            "sanitize_numerical_stability",
            "sanitize_realtime",
            "sanitize_realtime_blocking",
            "sanitize_thread",
            "sanitize_type");

    /** How wide the vectors are that a function hands over; 0 for one that has none. */
    private static final String VECTOR_WIDTH = "min-legal-vector-width";

    private InlineCompatibility() {}

    /** Whether the body of a function may be copied into another one. */
    static boolean mayBePartOf(Function callee, Function caller) {
        FunctionAttributes inner = callee.attributes();
        FunctionAttributes outer = caller.attributes();
        return Objects.equals(callee.garbageCollector(), caller.garbageCollector())
                && WORDS.stream().allMatch(word -> Objects.equals(inner.get(word), outer.get(word)))
                && texts(inner).equals(texts(outer))
                && (inner.text(VECTOR_WIDTH, "").equals("0")
                        || inner.text(VECTOR_WIDTH, "").equals(outer.text(VECTOR_WIDTH, "")));
    }

    private static Map<String, String> texts(FunctionAttributes attributes) {
        Map<String, String> texts = new TreeMap<>();
        for (Attribute attribute : attributes.flattened().attributes()) {
            if (attribute instanceof Attribute.Text text && !text.name().equals(VECTOR_WIDTH)) {
                texts.put(text.name(), text.value());
            }
        }
        return texts;
    }
}
