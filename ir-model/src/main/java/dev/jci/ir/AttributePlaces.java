package dev.jci.ir;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where attributes may stand and what they may say (LangRef, "Parameter Attributes", "Function Attributes"). A word that is not known here
 * is taken anywhere, since a later LLVM may have it.
 */
public final class AttributePlaces {
    /** What an attribute is about. */
    public enum Place {
        /** A function, or a call as a whole. */
        FUNCTION("functions"),
        /** A parameter or an argument. */
        PARAMETER("parameters"),
        /** What a function returns. */
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

    /** What is said of a word that is no attribute. */
    public static final String UNKNOWN = "expected attribute or type";

    /** What is said of an attribute without the arguments that it has to have; it stands behind the attribute. */
    public static final String MISSING_ARGUMENTS = "expected '('";

    /** What is said of an alignment without a number; it stands behind the attribute. */
    public static final String MISSING_NUMBER = "expected integer";

    private static final String UNEXPECTED_ARGUMENTS = "this attribute has no arguments";
    private static final Set<String> ALIGNMENTS = words("align alignstack");
    private static final Set<String> WITH_ARGUMENTS = words(
            "alignstack allockind allocsize byref byval captures dereferenceable dereferenceable_or_null elementtype"
                    + " inalloca initializes memory nofpclass preallocated range vscale_range");
    private static final Set<String> MAY_HAVE_ARGUMENTS = words("dead_on_return sret uwtable");

    /** Words of the language that are no attributes. */
    private static final Set<String> OTHER_WORDS =
            words("private internal available_externally linkonce linkonce_odr weak"
                    + " weak_odr appending dllimport dllexport common default hidden protected externally_initialized localdynamic"
                    + " initialexec localexec volatile atomic nnan ninf nsz arcp contract reassoc afn fast nuw nsw nusw exact disjoint"
                    + " inbounds nneg samesign sideeffect inteldialect sync async read write readwrite argmem inaccessiblemem all nan"
                    + " snan qnan inf pinf norm nnorm pnorm nsub psub zero nzero pzero any exactmatch largest nodeduplicate samesize eq"
                    + " ne slt sgt sle sge ult ugt ule uge oeq one olt ogt ole oge ord uno ueq une xchg nand max min umax umin fmax fmin"
                    + " uinc_wrap udec_wrap usub_cond usub_sat dso_local dso_preemptable");

    private AttributePlaces() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /**
     * What is wrong with an attribute at that place; null for nothing.
     *
     * @param attribute the attribute
     * @param place what it stands on
     * @param version the LLVM that the text is for; when it is said, a word that it does not know is wrong
     */
    public static @Nullable String complaint(Attribute attribute, Place place, LanguageVersion version) {
        if (attribute instanceof Attribute.Text) {
            return null;
        }
        String name = attribute.name();
        if (!isKnownTo(name, version)) {
            return UNKNOWN;
        }
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
            case Attribute.Word word when name.equals("align") -> MISSING_NUMBER;
            case Attribute.Word word when WITH_ARGUMENTS.contains(name) -> MISSING_ARGUMENTS;
            case Attribute.Numbered numbered when known && !takesArguments(name) -> UNEXPECTED_ARGUMENTS;
            case Attribute.WithArguments complex when known && !takesArguments(name) -> UNEXPECTED_ARGUMENTS;
            case Attribute.Numbered numbered -> number(numbered);
            case Attribute.WithArguments complex -> arguments(name, complex.arguments());
            default -> null;
        };
    }

    /**
     * Whether the language has that word as an attribute, a flag or the like.
     *
     * @param word the word
     */
    public static boolean isWord(String word) {
        return FUNCTIONS.contains(word)
                || PARAMETERS.contains(word)
                || OTHER_WORDS.contains(word)
                || CallingConvention.isWord(word);
    }

    private static boolean isKnownTo(String name, LanguageVersion version) {
        if (OTHER_WORDS.contains(name) || CallingConvention.isWord(name)) {
            return false;
        }
        boolean known = FUNCTIONS.contains(name) || PARAMETERS.contains(name) || RESULTS.contains(name);
        return version.isAny()
                || (known && !version.isBefore(LanguageChanges.attributeSince(name)))
                || ALIGNMENTS.contains(name);
    }

    private static boolean takesArguments(String name) {
        return WITH_ARGUMENTS.contains(name) || MAY_HAVE_ARGUMENTS.contains(name) || ALIGNMENTS.contains(name);
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
