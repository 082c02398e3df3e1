package dev.jci.grammar;

import dev.jci.ir.Attribute;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where attributes may stand and what they may say (LangRef, "Parameter Attributes", "Function Attributes"). A word that is not known here
 * is taken anywhere, since a later LLVM may have it.
 */
final class AttributePlaces {
    /** What an attribute is about. */
    enum Place {
        FUNCTION("functions"),
        PARAMETER("parameters"),
        RESULT("return values");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private static final Set<String> FUNCTIONS = words(
            "allockind allocsize alwaysinline argmemonly builtin cold convergent"
                    + " coro_elide_safe coro_only_destroy_when_complete disable_sanitizer_instrumentation fn_ret_thunk_extern hot"
                    + " hybrid_patchable inaccessiblemem_or_argmemonly inaccessiblememonly inlinehint jumptable memory minsize"
                    + " mustprogress naked nobuiltin nocallback nocf_check nocreateundeforpoison nodivergencesource noduplicate nofree"
                    + " noimplicitfloat noinline nomerge nonlazybind noprofile norecurse noredzone noreturn nosanitize_bounds"
                    + " nosanitize_coverage nosync nounwind null_pointer_is_valid optdebug optforfuzzing optnone optsize preallocated"
                    + " presplitcoroutine readnone readonly returns_twice safestack sanitize_address sanitize_alloc_token"
                    + " sanitize_hwaddress sanitize_memory sanitize_memtag sanitize_numerical_stability sanitize_realtime"
                    + " sanitize_realtime_blocking sanitize_thread sanitize_type shadowcallstack skipprofile speculatable"
                    + " speculative_load_hardening ssp sspreq sspstrong strictfp uwtable vscale_range willreturn writeonly");
    private static final Set<String> PARAMETERS =
            words("allocalign allocptr byref byval captures dead_on_return dead_on_unwind"
                    + " dereferenceable dereferenceable_or_null elementtype immarg inalloca initializes inreg nest noalias nocapture"
                    + " noext nofpclass nofree nonnull noundef preallocated range readnone readonly returned signext sret swiftasync"
                    + " swifterror swiftself writable writeonly zeroext");
    private static final Set<String> RESULTS = words(
            "dereferenceable dereferenceable_or_null inreg noalias noext nofpclass nonnull noundef range signext zeroext");
    private static final Set<String> FP_CLASSES =
            words("all nan snan qnan inf ninf pinf norm nnorm pnorm sub nsub psub zero nzero pzero");
    private static final long LARGEST_ALIGNMENT = 1L << 32;
    private static final int ALL_FP_CLASSES = 1023;
    private static final Pattern PAIR = Pattern.compile("\\( ?(-?\\d+) ?, ?(-?\\d+) ?\\)");

    private AttributePlaces() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** What is wrong with the attributes at that place; null for nothing. */
    static @Nullable String complaint(List<Attribute> attributes, Place place) {
        for (Attribute attribute : attributes) {
            String complaint = attribute instanceof Attribute.Text ? null : complaint(attribute, place);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    private static @Nullable String complaint(Attribute attribute, Place place) {
        String name = attribute.name();
        boolean known = FUNCTIONS.contains(name) || PARAMETERS.contains(name);
        boolean fits = switch (place) {
            case FUNCTION -> FUNCTIONS.contains(name);
            case PARAMETER -> PARAMETERS.contains(name);
            case RESULT -> RESULTS.contains(name);
        };
        if (known && !fits) {
            return "this attribute does not apply to " + place.words;
        }
        return switch (attribute) {
            case Attribute.Numbered numbered -> number(numbered);
            case Attribute.WithArguments complex -> arguments(name, complex.arguments());
            default -> null;
        };
    }

    private static @Nullable String number(Attribute.Numbered attribute) {
        if (!attribute.name().equals("align")) {
            return null;
        }
        if (Long.bitCount(attribute.value()) != 1) {
            return "alignment is not a power of two";
        }
        return Long.compareUnsigned(attribute.value(), LARGEST_ALIGNMENT) > 0
                ? "huge alignments are not supported yet"
                : null;
    }

    private static @Nullable String arguments(String name, String arguments) {
        return switch (name) {
            case "align", "alignstack", "dereferenceable", "dereferenceable_or_null" ->
                arguments.isEmpty() ? "expected integer" : null;
            case "nofpclass" -> classes(arguments);
            case "range" ->
                Character.isDigit(arguments.length() > 1 ? arguments.charAt(1) : ' ') && arguments.charAt(0) == 'i'
                        ? null
                        : "the range must have integer type!";
            case "initializes" -> ranges(arguments);
            default -> null;
        };
    }

    private static @Nullable String classes(String arguments) {
        if (!arguments.isEmpty() && arguments.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int mask = arguments.length() > 4 ? 0 : Integer.parseInt(arguments);
            return mask == 0 || mask > ALL_FP_CLASSES ? "invalid mask value for 'nofpclass'" : null;
        }
        for (String word : arguments.split(" +", -1)) {
            if (!FP_CLASSES.contains(word)) {
                return "expected nofpclass test mask";
            }
        }
        return null;
    }

    private static @Nullable String ranges(String arguments) {
        Matcher pair = PAIR.matcher(arguments);
        boolean any = false;
        BigInteger end = BigInteger.ZERO;
        while (pair.find()) {
            BigInteger lower = new BigInteger(pair.group(1));
            BigInteger upper = new BigInteger(pair.group(2));
            if (lower.equals(upper)) {
                return "the range should not represent the full or empty set!";
            }
            if (lower.compareTo(upper) > 0 || (any && lower.compareTo(end) <= 0)) {
                return "Invalid (unordered or overlapping) range list";
            }
            any = true;
            end = upper;
        }
        return null;
    }
}
