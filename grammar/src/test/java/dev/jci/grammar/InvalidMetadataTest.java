package dev.jci.grammar;

import static dev.jci.grammar.Rejections.assertAccepted;
import static dev.jci.grammar.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specialised metadata nodes have the fields that LLVM's parser knows, and in them what it takes. */
class InvalidMetadataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!0 = !DINothing(line: 1) | 1: expected metadata type",
                "!0 = !DILocation(colour: 3, scope: !0) | 1: invalid field 'colour'",
                "!0 = !DILocation(line: 1, scope: !0, line: 2) | 1: field 'line' cannot be specified more than once",
                "!0 = !DILocation(line: 1) | 1: missing required field 'scope'",
                "!0 = !DILocation(line: 1, scope: null) | 1: 'scope' cannot be null",
                "!0 = !DILocation(line: 4294967296, scope: !0) | 1: value for 'line' too large, limit is 4294967295",
                "!0 = !DILocation(line: -1, scope: !0) | 1: expected unsigned integer",
                "!0 = !DILocation(isImplicitCode: 1, scope: !0) | 1: expected 'true' or 'false'",
                "!0 = !DIFile(filename: \"a.c\") | 1: missing required field 'directory'",
                "!0 = !DIFile(filename: 7, directory: \"\") | 1: expected string constant",
                "!0 = !DICompileUnit(language: 12, file: !0) | 1: missing 'distinct', required for !DICompileUnit",
                "!0 = distinct !DICompileUnit(file: !0) | 1: missing required field 'language'",
                "!0 = distinct !DICompileUnit(language: 65536, file: !0) | 1: value for 'language' too large, limit is 65535",
                "!0 = !DIDerivedType(tag: DW_AT_name, baseType: null) | 1: expected DWARF tag",
                "!0 = !DIBasicType(flags: DIFlagNone) | 1: invalid debug info flag 'DIFlagNone'",
                "!0 = !DISubrange(count: -2) | 1: value for 'count' too small, limit is -1",
                "!0 = !DIGlobalVariable(name: \"\") | 1: 'name' cannot be empty",
            })
    void aNodeHasTheFieldsOfItsKind(String text, String expected) {
        assertThat(rejection(text)).isEqualTo(expected);
    }

    @Test
    void fieldsOfOlderAndNewerVersionsAreTaken() {
        assertAccepted("!0 = !DILocation(line: 1, column: 2, scope: !0, atomGroup: 1, atomRank: 2)");
        assertAccepted(
                "!0 = !DIBasicType(name: \"i\", size: 18446744073709551615, flags: DIFlagBigEndian | DIFlagZero)");
        assertAccepted("!0 = distinct !DICompileUnit(sourceLanguageName: DW_LNAME_C, file: !1)\n!1 = !{}");
    }

    @Test
    void aNumberIsDefinedOnce() {
        // The place is behind the second definition, where LLVM finds out.
        assertThat(rejection("!0 = !{}\n!0 = !{i32 1,\n  i32 2}\n!1 = !{}\n"))
                .isEqualTo("4: Metadata id is already used");
    }
}
