/*
 * The tokens of textual LLVM IR, LLVM 14 to 22 (LangRef, "Abstract" to "Identifiers").
 *
 * This grammar defines the tokens. The reader itself uses TokenSource, a hand-written source of the same tokens that makes no
 * objects; a test demands that both give the same tokens for the same text.
 *
 * A word gets a token of its own only where the parser has to decide by it. All others (linkages, calling conventions, flags,
 * attributes, names of DWARF constants) are WORD, so that a word which a later LLVM adds needs no change here.
 */
lexer grammar LlvmIrLexer;

// --- Module level -------------------------------------------------------------------------------------------------------------
SOURCE_FILENAME : 'source_filename' ;   // source_filename = "a.c"
TARGET : 'target' ;                     // target triple = "x86_64-pc-linux-gnu"
DATALAYOUT : 'datalayout' ;
TRIPLE : 'triple' ;
MODULE : 'module' ;                     // module asm "nop"
ASM : 'asm' ;
TYPE : 'type' ;                         // %pair = type { i32, i32 }
OPAQUE : 'opaque' ;
COMDAT : 'comdat' ;                     // $f = comdat any
DEFINE : 'define' ;
DECLARE : 'declare' ;
ATTRIBUTES : 'attributes' ;             // attributes #0 = { nounwind }
DISTINCT : 'distinct' ;                 // !0 = distinct !{}
USELISTORDER : 'uselistorder' ;         // uselistorder i32 %x, { 1, 0 }
USELISTORDER_BB : 'uselistorder_bb' ;

// --- Globals and functions ----------------------------------------------------------------------------------------------------
EXTERNAL : 'external' ;                 // @g = external global i32
EXTERN_WEAK : 'extern_weak' ;
GLOBAL_VARIABLE : 'global' ;
CONSTANT : 'constant' ;
ALIAS : 'alias' ;
IFUNC : 'ifunc' ;
THREAD_LOCAL : 'thread_local' ;
ADDRSPACE : 'addrspace' ;
SECTION : 'section' ;
PARTITION : 'partition' ;
CODE_MODEL : 'code_model' ;
ALIGN : 'align' ;
ALIGNSTACK : 'alignstack' ;
GC : 'gc' ;
PREFIX : 'prefix' ;
PROLOGUE : 'prologue' ;
PERSONALITY : 'personality' ;
CC : 'cc' ;                             // cc 10
TYPE_ATTRIBUTE : 'byval' | 'byref' | 'sret' | 'inalloca' | 'preallocated' | 'elementtype' ;

// --- Types --------------------------------------------------------------------------------------------------------------------
INT_TYPE : 'i' [0-9]+ ;
FLOATING_TYPE : 'half' | 'bfloat' | 'float' | 'double' | 'x86_fp80' | 'fp128' | 'ppc_fp128' ;
OPAQUE_TYPE : 'token' | 'x86_amx' | 'x86_mmx' ;
VOID : 'void' ;
LABEL_TYPE : 'label' ;
METADATA : 'metadata' ;
PTR : 'ptr' ;
X : 'x' ;
VSCALE : 'vscale' ;

// --- Constants ----------------------------------------------------------------------------------------------------------------
TRUE : 'true' ;
FALSE : 'false' ;
NULL : 'null' ;
UNDEF : 'undef' ;
POISON : 'poison' ;
ZEROINITIALIZER : 'zeroinitializer' ;
NONE : 'none' ;
BLOCKADDRESS : 'blockaddress' ;
GLOBAL_REFERENCE : 'dso_local_equivalent' | 'no_cfi' ;
SPLAT : 'splat' ;
PTRAUTH : 'ptrauth' ;
INRANGE : 'inrange' ;

// --- Instructions -------------------------------------------------------------------------------------------------------------
RET : 'ret' ;
BR : 'br' ;
SWITCH : 'switch' ;
INDIRECTBR : 'indirectbr' ;
INVOKE : 'invoke' ;
CALLBR : 'callbr' ;
RESUME : 'resume' ;
CATCHSWITCH : 'catchswitch' ;
CATCHRET : 'catchret' ;
CLEANUPRET : 'cleanupret' ;
UNREACHABLE : 'unreachable' ;
FNEG : 'fneg' ;
BINARY : 'add' | 'fadd' | 'sub' | 'fsub' | 'mul' | 'fmul' | 'udiv' | 'sdiv' | 'fdiv' | 'urem' | 'srem' | 'frem' | 'shl' | 'lshr' | 'ashr' | 'and' | 'or' | 'xor' ;
EXTRACTELEMENT : 'extractelement' ;
INSERTELEMENT : 'insertelement' ;
SHUFFLEVECTOR : 'shufflevector' ;
EXTRACTVALUE : 'extractvalue' ;
INSERTVALUE : 'insertvalue' ;
ALLOCA : 'alloca' ;
LOAD : 'load' ;
STORE : 'store' ;
FENCE : 'fence' ;
CMPXCHG : 'cmpxchg' ;
ATOMICRMW : 'atomicrmw' ;
GETELEMENTPTR : 'getelementptr' ;
CAST : 'trunc' | 'zext' | 'sext' | 'fptrunc' | 'fpext' | 'fptoui' | 'fptosi' | 'uitofp' | 'sitofp' | 'ptrtoint' | 'ptrtoaddr' | 'inttoptr' | 'bitcast' | 'addrspacecast' ;
ICMP : 'icmp' ;
FCMP : 'fcmp' ;
PHI : 'phi' ;
SELECT : 'select' ;
FREEZE : 'freeze' ;
CALL : 'call' ;
VA_ARG : 'va_arg' ;
LANDINGPAD : 'landingpad' ;
CATCHPAD : 'catchpad' ;
CLEANUPPAD : 'cleanuppad' ;
TAIL : 'tail' | 'musttail' | 'notail' ;
TO : 'to' ;
UNWIND : 'unwind' ;
WITHIN : 'within' ;
FROM : 'from' ;
CALLER : 'caller' ;
CLEANUP : 'cleanup' ;
CATCH : 'catch' ;
FILTER : 'filter' ;
SYNCSCOPE : 'syncscope' ;
ORDERING : 'unordered' | 'monotonic' | 'acquire' | 'release' | 'acq_rel' | 'seq_cst' ;

// --- Identifiers --------------------------------------------------------------------------------------------------------------
LABEL : (NAME_CHARACTER+ | QUOTED) ':' ;               // entry:   "a label":   7:   and fields of metadata, line:
LOCAL : '%' (QUOTED | NAME | [0-9]+) ;                 // %x  %"a name"  %7
GLOBAL : '@' (QUOTED | NAME | [0-9]+) ;                // @f  @"a name"  @7
COMDAT_NAME : '$' (QUOTED | NAME) ;                    // $f
ATTRIBUTE_ID : '#' [0-9]+ ;                            // #0
DEBUG_RECORD : '#' NAME ;                              // #dbg_value
SUMMARY_ID : '^' [0-9]+ ;                              // ^0
DIEXPRESSION : '!DIExpression' ;
DIARGLIST : '!DIArgList' ;
METADATA_ID : '!' [0-9]+ ;                             // !7
METADATA_NAME : '!' [-a-zA-Z$._\\] [-a-zA-Z$._0-9\\]* ; // !dbg  !DILocation  !llvm.ident
HEX_INTEGER : [us] '0x' HEX+ ;                         // u0xFF, before WORD, which would take it too
WORD : [a-hj-zA-Z_] [a-zA-Z_0-9]* | 'i' ([a-zA-Z_] [a-zA-Z_0-9]*)? ; // nounwind  fastcc  DW_TAG_member

// --- Literals -----------------------------------------------------------------------------------------------------------------
INTEGER : '-'? [0-9]+ ;                                // -7
FLOAT : [-+]? [0-9]+ '.' [0-9]* ([eE] [-+]? [0-9]+)? ; // 1.000000e+00
HEX_FLOAT : '0x' [KLMHR]? HEX+ ;                       // 0x3FF0000000000000  0xH3C00
CSTRING : 'c' QUOTED ;                                 // c"text\00"
STRING : QUOTED ;                                      // "text"

// --- Punctuation --------------------------------------------------------------------------------------------------------------
ELLIPSIS : '...' ;
COMMA : ',' ;
EQUALS : '=' ;
STAR : '*' ;
BAR : '|' ;
EXCLAIM : '!' ;
COLON : ':' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
LESS : '<' ;
GREATER : '>' ;

SPACE : [ \t\r\n\u0000]+ -> skip ;
COMMENT : ';' ~[\n\r]* -> skip ;
BLOCK_COMMENT : '/*' .*? '*/' -> skip ;
BYTE_ORDER_MARK : '\u00EF\u00BB\u00BF' -> skip ;
ANY : . ;                                              // not a token of the language: the parser says so, with its place

fragment NAME_CHARACTER : [-a-zA-Z$._0-9] ;
fragment NAME : [-a-zA-Z$._] NAME_CHARACTER* ;
fragment QUOTED : '"' ~["]* '"' ;
fragment HEX : [0-9a-fA-F] ;
