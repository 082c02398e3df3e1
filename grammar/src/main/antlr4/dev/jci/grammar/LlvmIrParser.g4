/*
 * The language of textual LLVM IR, LLVM 14 to 22, in the order of LangRef. Every decision is made on one token; a test keeps it so.
 *
 * Actions are single calls: m builds the module, types, values and nodes build those, f the function whose body is read. text(), name(), string(), number() and so on
 * speak of the token that was matched last.
 */
parser grammar LlvmIrParser;

options {
  tokenVocab = LlvmIrLexer;
  superClass = ParserBase;
  contextSuperClass = RuleState;
}

@header {
import dev.jci.ir.*;
import java.util.ArrayList;
import java.util.List;
}

// --- Module structure ---------------------------------------------------------------------------------------------------------

module : moduleProperty* entity* EOF ;

moduleProperty                                                           // these come first
  : SOURCE_FILENAME EQUALS STRING {m.sourceFileName(string());}          // source_filename = "a.c"
  | TARGET targetDefinition
  ;

entity
  : MODULE ASM STRING {m.moduleAsm(string());}                           // module asm "nop"
  | LOCAL {types.beginType(name(), isNumber(), start());} EQUALS TYPE typeDefinition // %pair = type { i32, i32 }
  | COMDAT_NAME {m.comdats.begin(name(), start());} EQUALS COMDAT WORD {m.comdats.define(text(), start());} // $f = comdat any
  | GLOBAL {m.beginGlobal(name(), isNumber(), start());} EQUALS globalDefinition
  | {m.beginUnnamedGlobal(next());} unnamedGlobal                        // an unnamed global: external global i32
  | DEFINE {m.signature.begin(true, next());} functionHeader attachment[m.attachments()]* {m.signature.end();} functionBody
  | DECLARE {m.signature.begin(false, next());} attachment[m.attachments()]* {m.signature.headerAt(next());} functionHeader {m.signature.end();}
  | ATTRIBUTES {int from = start();} ATTRIBUTE_ID {m.groups.begin(number(), from);} EQUALS LBRACE groupAttribute* RBRACE {m.groups.end();}
  | METADATA_NAME {nodes.beginNamedMetadata(name());} EQUALS EXCLAIM LBRACE (namedOperand (COMMA namedOperand)*)? RBRACE
  | METADATA_ID {nodes.beginNode(number(), start());} EQUALS (DISTINCT {nodes.distinct();})? nodeDefinition
  | useListOrder
  | USELISTORDER_BB {int from = start();} GLOBAL {m.useLists.function(name(), isNumber(), start());} COMMA LOCAL {m.useLists.block(name(), isNumber(), start());} COMMA indexes {m.useLists.order($indexes.list, from, $indexes.at);}
  | SUMMARY_ID {m.beginSummary(number(), next());} EQUALS LABEL (LPAREN raw* RPAREN | INTEGER) {m.summary(start(), end());}
  ;

targetDefinition
  : TRIPLE EQUALS STRING {m.targetTriple(string());}                     // target triple = "x86_64-pc-linux-gnu"
  | DATALAYOUT EQUALS STRING {m.dataLayout(string(), start());}                   // target datalayout = "e-m:e"
  ;

typeDefinition
  : OPAQUE {types.opaqueType();}                                             // %t = type opaque
  | type {types.typeBody($type.t, start());}
  ;

// --- Global variables, aliases, ifuncs ----------------------------------------------------------------------------------------

globalDefinition
  : globalWord* globalKind
  | (EXTERNAL | EXTERN_WEAK) {m.word(text(), start());} globalWord* externalKind
  ;

unnamedGlobal
  : globalKind
  | (EXTERNAL | EXTERN_WEAK) {m.word(text(), start());} globalWord* externalKind
  ;

globalWord                                                               // private unnamed_addr thread_local(initialexec) addrspace(1)
  : WORD {m.word(text(), start());}
  | THREAD_LOCAL {m.threadLocal();} (LPAREN WORD {m.threadLocal(text(), start());} RPAREN)?
  | addressSpace {m.addressSpace($addressSpace.n);}
  ;

addressSpace returns [int n]                                             // addrspace(1)   addrspace("A")
  : ADDRSPACE LPAREN (INTEGER {$n = number(); types.requireSpace($n, start());} | STRING {$n = m.addressSpaceOf(string(), start());}) RPAREN
  ;

globalKind
  : (GLOBAL_VARIABLE {m.variable(false);} | CONSTANT {m.variable(true);}) type typed=value[$type.t] {m.initializer($type.t, $typed.v);} globalTail
  | ALIAS {m.alias();} type {m.aliasType($type.t);} COMMA aliasee globalTail                 // @a = alias i32, ptr @g
  | IFUNC {m.ifunc();} type {m.aliasType($type.t);} COMMA aliasee globalTail                 // @f = ifunc void (), ptr @resolver
  ;

externalKind
  : (GLOBAL_VARIABLE {m.variable(false);} | CONSTANT {m.variable(true);}) type {m.initializer($type.t, null);} globalTail
  | ALIAS {m.alias();} type {m.aliasType($type.t);} COMMA aliasee globalTail
  | IFUNC {m.ifunc();} type {m.aliasType($type.t);} COMMA aliasee globalTail
  ;

aliasee
  : argumentType value[$argumentType.t] {m.aliasee($value.v, $argumentType.t);}
  | constantExpression {m.aliasee($constantExpression.v, $constantExpression.v.type());}               // an old form without the type
  ;

globalTail : (COMMA globalClause)* globalAttribute* {m.endGlobal();} ;

globalAttribute                                                          // "key"="value" #0
  : STRING {m.words().string(string());} (EQUALS STRING {m.words().stringValue(string());})?
  | ATTRIBUTE_ID {m.group(number());}
  ;

globalClause
  : SECTION STRING {m.section(string());}
  | PARTITION STRING {m.partition(string());}
  | CODE_MODEL STRING {m.codeModel(string());}
  | ALIGN INTEGER {m.alignment(unsigned());}
  | comdatClause
  | WORD {m.sanitizer(text());}                                          // no_sanitize_address
  | attachment[m.attachments()]
  ;

comdatClause : COMDAT {m.ownComdat(start());} (LPAREN COMDAT_NAME {m.comdatReference(name(), start());} RPAREN)? ;

// --- Functions ----------------------------------------------------------------------------------------------------------------

functionHeader                                                           // internal fastcc noundef i32 @f(i32 %x) nounwind #0
  : headerWord* type GLOBAL {m.signature.function($type.t, name(), isNumber(), start());}
    LPAREN (parameter (COMMA parameter)*)? RPAREN {m.signature.endParameters();} functionClause*
  ;

headerWord
  : (EXTERNAL | EXTERN_WEAK) {m.word(text(), start());}
  | CC INTEGER {m.signature.callingConvention("cc " + text());}
  | attribute[m.words()]
  ;

parameter
  : ELLIPSIS {m.signature.varArg();}
  | {int at = next();} type {m.signature.beginParameter($type.t, at);} attribute[m.words()]* (LOCAL {m.signature.parameterName(name(), isNumber(), start());})? {m.signature.endParameter();}
  ;

functionClause                                                           // in this order, attributes first
  : {m.signature.clause(1, next());} attributeClause
  | addressSpace {m.addressSpace($addressSpace.n);}
  | SECTION {m.signature.clause(2, start());} STRING {m.section(string());}
  | PARTITION {m.signature.clause(3, start());} STRING {m.partition(string());}
  | {m.signature.clause(4, next());} comdatClause
  | ALIGN {m.signature.alignmentClause(start());} INTEGER {m.alignment(unsigned());}
  | GC {m.signature.clause(6, start());} STRING {m.signature.garbageCollector(string());}
  | PREFIX {m.signature.clause(7, start());} argumentType value[$argumentType.t] {m.signature.prefix($value.v);}
  | PROLOGUE {m.signature.clause(8, start());} argumentType value[$argumentType.t] {m.signature.prologue($value.v);}
  | PERSONALITY {m.signature.clause(9, start());} argumentType value[$argumentType.t] {m.signature.personality($value.v);}
  ;

attributeClause                                                          // nounwind "key"="value" #0
  : WORD {m.words().word(text(), start());} attributeArguments[m.words()]
  | ALIGNSTACK {m.words().word(text(), start());} attributeArguments[m.words()]
  | STRING {m.words().string(string());} (EQUALS STRING {m.words().stringValue(string());})?
  | ATTRIBUTE_ID {m.group(number());}
  ;

functionBody : LBRACE {m.body(start());} RBRACE ;                        // read later, by body below

// --- Attributes ---------------------------------------------------------------------------------------------------------------

attribute[AttributeWords w]
  : WORD {$w.word(text(), start());} attributeArguments[$w]              // noundef  dereferenceable(8)  range(i32 0, 9)
  | TYPE_ATTRIBUTE {$w.word(text(), start());} LPAREN type RPAREN {$w.type($type.t);} // sret(%pair)
  | (ALIGN | ALIGNSTACK) {$w.word(text(), start());} (INTEGER {$w.number(unsigned());} | argumentList[$w]) // align 8
  | STRING {$w.string(string());} (EQUALS STRING {$w.stringValue(string());})? // "key"="value"
  ;

attributeArguments[AttributeWords w] : argumentList[$w]? ;

argumentList[AttributeWords w] : LPAREN {$w.beginArguments(end());} raw* RPAREN {$w.endArguments(start());} ;

groupAttribute
  : WORD {m.words().word(text(), start());} (EQUALS INTEGER {m.words().number(unsigned());} | attributeArguments[m.words()])
  | TYPE_ATTRIBUTE {m.words().word(text(), start());} (LPAREN type RPAREN {m.words().type($type.t);})?
  | (ALIGN | ALIGNSTACK) {m.words().word(text(), start());} (EQUALS INTEGER {m.words().number(unsigned());} | attributeArguments[m.words()])
  | STRING {m.words().string(string());} (EQUALS STRING {m.words().stringValue(string());})?
  ;

raw : ~(LPAREN | RPAREN | EOF) | LPAREN raw* RPAREN ;                    // anything in balanced parentheses

// --- Type system --------------------------------------------------------------------------------------------------------------

// The rules of the parts of a type leave it in lastType: they are read most of all, and a result of each would have to be kept.

type returns [Type t] : (simpleType | otherType) typeTail? {$t = lastType;} ;

argumentType returns [Type t] : (simpleType | otherArgumentType) typeTail? {$t = lastType;} ; // i8*   ptr   but not label

otherType
  : otherArgumentType
  | METADATA {lastType = SpecialType.METADATA;}
  | LABEL_TYPE {lastType = SpecialType.LABEL;}
  ;

otherArgumentType
  : structType
  | VOID {lastType = SpecialType.VOID;}
  ;

structType : LBRACE types RBRACE {lastType = types.struct(false, $types.list);} ; // { i32, ptr }

simpleType
  : INT_TYPE {lastType = types.integerType(start(), end());}             // i32
  | PTR {lastType = types.opaquePointer(start());}                       // ptr
  | LOCAL {lastType = namedType();}                                      // %pair
  | compoundType
  ;

compoundType                                                             // and what is not as frequent as the above
  : FLOATING_TYPE {lastType = types.floatingType(text());}               // double
  | OPAQUE_TYPE {lastType = types.opaqueType(text());}                   // token
  | LBRACKET (INTEGER | HEX_INTEGER) {long n = unsigned();} X type RBRACKET {lastType = types.array(n, $type.t, start());} // [4 x i8]
  | LESS angleType GREATER                                               // <4 x float>  <{ i8, i32 }>
  | TARGET LPAREN STRING {List<Type> ts = new ArrayList<>(); List<Long> ns = new ArrayList<>(); String n = string();}
    (COMMA (type {ts.add($type.t);} | INTEGER {ns.add(unsigned());}))* RPAREN {lastType = types.targetType(n, ts, ns);}
  ;

angleType
  : LBRACE types RBRACE {lastType = types.struct(true, $types.list);}
  | INTEGER {long n = unsigned();} X type {lastType = types.vector(false, n, $type.t, start());}
  | VSCALE X INTEGER {long n = unsigned();} X type {lastType = types.vector(true, n, $type.t, start());}
  ;

types returns [List<Type> list]
  @init {$list = new ArrayList<>();}
  : (type {$list.add(types.element($type.t, start()));} (COMMA type {$list.add(types.element($type.t, start()));})*)?
  ;

typeTail                                                                 // what makes another type of lastType: **   addrspace(1)*   (i32)*
  : (STAR {lastType = types.pointerTo(lastType, start());} | typeSuffix)+
  ;

typeSuffix
  : {int from = next();} addressSpace {lastType = types.inAddressSpace(lastType, $addressSpace.n, from);} // ptr addrspace(1)   i32 addrspace(1)*
  | {Type result = lastType;} LPAREN parameterTypes RPAREN {lastType = types.functionType(result, $parameterTypes.list, $parameterTypes.varArg);} // i32 (ptr, ...)
  ;

parameterTypes returns [List<Type> list, boolean varArg]
  @init {$list = new ArrayList<>();}
  : (parameterType[$list] {$varArg = $parameterType.varArg;} (COMMA parameterType[$list] {$varArg |= $parameterType.varArg;})*)?
  ;

parameterType[List<Type> list] returns [boolean varArg]
  : type {$list.add($type.t);}
  | ELLIPSIS {$varArg = true;}
  ;

// --- Constants and values -----------------------------------------------------------------------------------------------------

typedValue returns [Value v] : argumentType value[$argumentType.t] {$v = $value.v;} ;

value[Type t] returns [Value v]
  : LOCAL {$v = local($t);}                                              // %x
  | GLOBAL {$v = values.global($t, name(), isNumber(), start());}             // @f
  | INTEGER {$v = values.integer($t, this);}                                  // 7
  | constantLiteral[$t] {$v = $constantLiteral.v;}
  ;

constantLiteral[Type t] returns [Value v]                                // what is not as frequent as the above
  : HEX_INTEGER {$v = values.hexInteger($t, text(), start());}                // u0xFF
  | FLOAT {$v = values.decimal($t, text(), start());}                         // 1.0
  | HEX_FLOAT {$v = values.hexadecimal($t, text(), start());}                 // 0x7FF0000000000000
  | TRUE {$v = values.bool($t, true, start());}
  | FALSE {$v = values.bool($t, false, start());}
  | NULL {$v = values.simple(SimpleConstant.Kind.NULL, $t, start());}
  | UNDEF {$v = values.simple(SimpleConstant.Kind.UNDEF, $t, start());}
  | POISON {$v = values.simple(SimpleConstant.Kind.POISON, $t, start());}
  | ZEROINITIALIZER {$v = values.simple(SimpleConstant.Kind.ZERO, $t, start());}
  | NONE {$v = values.simple(SimpleConstant.Kind.NONE, $t, start());}
  | CSTRING {$v = values.characters($t, string(), start());}                  // c"text\00"
  | LBRACKET constants RBRACKET {$v = values.aggregate($t, $constants.list, ValueBuilder.Shape.ARRAY, start());}  // [i8 1, i8 2]
  | LBRACE constants RBRACE {$v = values.aggregate($t, $constants.list, ValueBuilder.Shape.STRUCT, start());}     // {i8 1, i32 2}
  | LESS (LBRACE constants RBRACE {$v = values.aggregate($t, $constants.list, ValueBuilder.Shape.PACKED, start());}
         | vectorElements {$v = values.aggregate($t, $vectorElements.list, ValueBuilder.Shape.VECTOR, start());}) GREATER
  | ASM {List<String> words = new ArrayList<>(); int at = start();} (asmWord {words.add(text());})* STRING {String template = string();} COMMA STRING
    {$v = values.inlineAsm(f != null, $t, words, template, string(), at);}               // asm sideeffect "nop", ""
  | constantExpression {$v = values.expect($t, $constantExpression.v, $constantExpression.at);}
  | BLOCKADDRESS LPAREN GLOBAL {$v = values.global(null, name(), isNumber(), start());} COMMA LOCAL {$v = values.blockAddress($t, $v, name(), isNumber(), start());} RPAREN
  | GLOBAL_REFERENCE {String word = text();} GLOBAL {$v = values.globalReference($t, word, name(), isNumber(), start());} // no_cfi @f
  | SPLAT LPAREN constant RPAREN {$v = values.splat($t, $constant.c, start());} // splat (i32 7)
  | PTRAUTH {int at = start();} LPAREN constants RPAREN {$v = values.ptrAuth($t, $constants.list, at);} // ptrauth (ptr @f, i32 0)
  ;

asmWord : WORD | ALIGNSTACK | UNWIND ;

constant returns [Constant c, Type t] : argumentType value[$argumentType.t] {$c = values.constant($value.v, start()); $t = $argumentType.t;} ;

constants returns [List<Constant> list]
  @init {$list = new ArrayList<>();}
  : (constant {$list.add($constant.c);} (COMMA constant {$list.add($constant.c);})*)?
  ;

vectorElements returns [List<Constant> list]                             // elements are never structures: { means a packed structure
  @init {$list = new ArrayList<>();}
  : (vectorElement {$list.add($vectorElement.c);} (COMMA vectorElement {$list.add($vectorElement.c);})*)?
  ;

vectorElement returns [Constant c]
  : (VOID {lastType = SpecialType.VOID;} | simpleType) typeTail? value[lastType] {$c = values.constant($value.v, start());}
  ;

constantExpression returns [Constant v, int at]
  @init {$at = next();}
  : BINARY {String op = text(); values.requireExpression(op, $at);} flags LPAREN constants RPAREN {$v = values.binary(op, $flags.f, $constants.list, $at);} // add (i32 1, i32 2)
  | FNEG {values.requireExpression("fneg", $at);} LPAREN constant RPAREN {$v = values.negate($constant.c);}
  | CAST {String op = text(); values.requireExpression(op, $at);} flags LPAREN constant TO type RPAREN {$v = values.conversion(op, $flags.f, $constant.c, $constant.t, $type.t, $at);} // ptrtoint (ptr @g to i64)
  | GETELEMENTPTR {values.beginElementPointer();} elementPointerFlag* LPAREN type (COMMA indexConstant)* RPAREN {$v = values.elementPointer($type.t, $at);}
  | ICMP {values.requireExpression("icmp", $at);} WORD {String p = text();} LPAREN constants RPAREN {$v = values.compare(false, p, $constants.list, $at);}
  | FCMP {values.requireExpression("fcmp", $at);} predicate {String p = text();} LPAREN constants RPAREN {$v = values.compare(true, p, $constants.list, $at);}
  | SELECT {values.requireExpression("select", $at);} LPAREN constants RPAREN {$v = values.other(ConstantExpr.Other.Opcode.SELECT, $constants.list, $at);}
  | EXTRACTELEMENT LPAREN constants RPAREN {$v = values.other(ConstantExpr.Other.Opcode.EXTRACTELEMENT, $constants.list, $at);}
  | INSERTELEMENT LPAREN constants RPAREN {$v = values.other(ConstantExpr.Other.Opcode.INSERTELEMENT, $constants.list, $at);}
  | SHUFFLEVECTOR LPAREN constants RPAREN {$v = values.other(ConstantExpr.Other.Opcode.SHUFFLEVECTOR, $constants.list, $at);}
  | EXTRACTVALUE {values.requireExpression("extractvalue", $at);} LPAREN constant indices RPAREN {$v = values.aggregateAccess($constant.c, null, $indices.list, $at);}
  | INSERTVALUE {values.requireExpression("insertvalue", $at);} LPAREN whole=constant COMMA part=constant indices RPAREN {$v = values.aggregateAccess($whole.c, $part.c, $indices.list, $at);}
  ;

elementPointerFlag
  : WORD {values.elementPointerFlag(text());}
  | INRANGE LPAREN {int from = end();} raw* RPAREN {values.elementPointerRange(from, start());} // inrange(-8, 16)
  ;

indexConstant : (INRANGE {values.inRangeIndex();})? constant {values.index($constant.c, $constant.t);} ;

indices returns [List<Integer> list]
  @init {$list = new ArrayList<>();}
  : (COMMA INTEGER {$list.add(number());})*
  ;

flags returns [Flags f]
  @init {$f = Flags.NONE;}
  : (WORD {$f = values.flag($f, text());})*                                   // nuw nsw
  ;

predicate : WORD | TRUE | FALSE ;                                        // slt  oeq  true

// --- Metadata -----------------------------------------------------------------------------------------------------------------

namedOperand
  : METADATA_ID {nodes.namedOperand(nodes.node(number(), start() + 1));}
  | DIEXPRESSION {MDNode n = nodes.newNode(start());} expressionFields[n] {nodes.namedOperand(n);}
  ;

nodeDefinition
  : EXCLAIM LBRACE elements RBRACE {nodes.tuple($elements.list);}            // !{!1, i32 7, null}
  | METADATA_NAME {MDNode n = nodes.current(name(), start());} fields[n]              // !DILocation(line: 7, scope: !3)
  | DIEXPRESSION {MDNode n = nodes.current("DIExpression", start());} expressionFields[n]
  ;

elements returns [List<MDOperand> list]
  @init {$list = new ArrayList<>(); beginNode();}
  : (element[$list] (COMMA element[$list])*)? {endNode();}
  ;

element[List<MDOperand> list]
  : NULL {$list.add(MDNull.NULL);}
  | metadata {$list.add($metadata.md);}
  ;

metadata returns [Metadata md]
  : node {$md = $node.n;}
  | argumentType value[$argumentType.t] {$md = nodes.valueMetadata($value.v);} // i32 7
  | DIARGLIST LPAREN argList RPAREN {$md = new DIArgList($argList.list);} // !DIArgList(i32 %a, i32 %b)
  ;

node returns [Metadata n]
  : METADATA_ID {$n = nodes.node(number(), start() + 1);}                        // !7
  | EXCLAIM (STRING {$n = nodes.metadataString(string());} | LBRACE elements RBRACE {$n = nodes.newTuple($elements.list, start());}) // !"text"  !{i32 1}
  | METADATA_NAME {MDNode node = nodes.newNode(name(), start());} fields[node] {$n = node;}
  | DIEXPRESSION {MDNode node = nodes.newNode(start());} expressionFields[node] {$n = node;}
  ;

argList returns [List<ValueAsMetadata> list]
  @init {$list = new ArrayList<>();}
  : (typedValue {$list.add(new ValueAsMetadata($typedValue.v));} (COMMA typedValue {$list.add(new ValueAsMetadata($typedValue.v));})*)?
  ;

fields[MDNode owner]
  @init {FieldList list = nodes.fieldList(); beginNode();}
  : LPAREN (field[list] (COMMA field[list])*)? RPAREN {nodes.define($owner, list); endNode();}
  ;

field[FieldList list]
  : LABEL {list.name(nodes.label(this));} fieldValue {list.value($fieldValue.o);} // line: 7
  ;

fieldValue returns [MDOperand o]
  : INTEGER {int from = start(); $o = nodes.metadataInteger(this);} (flagTail {$o = nodes.symbol(from, end());})?
  | STRING {$o = nodes.metadataString(string());}
  | NULL {$o = MDNull.NULL;}
  | TRUE {$o = nodes.symbol("true");}
  | FALSE {$o = nodes.symbol("false");}
  | WORD {int from = start();} flagTail? {$o = nodes.symbol(from, end());} // DIFlagPublic | DIFlagVirtual | 536870912
  | node {$o = $node.n;}
  | vectorElement {$o = nodes.valueMetadata($vectorElement.c);}           // i32 7
  | LBRACE elements RBRACE {$o = nodes.newTuple($elements.list, start());} // the operands of a GenericDINode: {!0, null}
  ;

flagTail : (BAR (WORD | INTEGER))+ ;

expressionFields[MDNode owner]
  @init {FieldList list = nodes.fieldList();}
  : LPAREN (expressionField[list] (COMMA expressionField[list])*)? RPAREN {nodes.define($owner, list);}
  ;

expressionField[FieldList list]
  : INTEGER {list.value(nodes.metadataInteger(this));}
  | WORD {list.value(nodes.symbol(text()));}                                 // DW_OP_plus_uconst
  | TRUE {list.value(nodes.symbol("true"));}
  | FALSE {list.value(nodes.symbol("false"));}
  | argumentType value[$argumentType.t] {list.value(nodes.valueMetadata($value.v));}
  ;

attachment[Attachments a] : METADATA_NAME {String kind = name();} node {$a.add(kind, $node.n, start());} ; // !dbg !7

// --- Function bodies ----------------------------------------------------------------------------------------------------------

body : LBRACE bodyItem* useListOrder* RBRACE {f.end(start());} ;

bodyItem
  : LABEL {f.label(labelName(), labelNumber(), start());}                   // entry:
  | LOCAL {f.result(localName(), localNumber(), start());} EQUALS operation
  | {f.noResult(next());} operation
  | DEBUG_RECORD {f.beginRecord(name(), start());} LPAREN recordOperand (COMMA recordOperand)* RPAREN {f.endRecord();} // #dbg_value(i32 %x, !7, !DIExpression(), !8)
  ;

recordOperand : {int from = next();} metadata {f.recordOperand($metadata.md, from);} ;

useListOrder                                                             // uselistorder i32 %x, { 1, 0 }
  : USELISTORDER {int from = start();} type value[$type.t] {m.useLists.value($value.v);} COMMA indexes {m.useLists.order($indexes.list, from, $indexes.at);}
  ;

indexes returns [List<Integer> list, int at]
  @init {$list = new ArrayList<>(); $at = next();}
  : LBRACE INTEGER {$list.add(number());} (COMMA INTEGER {$list.add(number());})* RBRACE
  ;

tail : (COMMA tailClause)* ;

tailClause
  : ALIGN INTEGER {f.memory.align(unsigned());}                                   // align 8
  | addressSpace {f.memory.addressSpace($addressSpace.n);}
  | attachment[f.attachments()]
  ;

block returns [BasicBlock b] : LABEL_TYPE LOCAL {$b = f.block(localName(), localNumber(), start());} ; // label %loop

operation                                                                // in small rules: the frequent ones have few parts to remember
  : branch tail
  | terminator tail
  | arithmetic tail
  | vectorOperation tail
  | aggregateOperation
  | allocation
  | memoryAccess tail
  | elementPointer
  | conversion tail
  | comparison tail
  | phi
  | call tail
  | otherOperation tail
  ;

branch
  : BR (to=block {f.terminators.br($to.b);}
       | argumentType value[$argumentType.t] COMMA to=block COMMA other=block {f.terminators.condBr($value.v, $to.b, $other.b);})
  ;

terminator
  : RET returned
  | SWITCH typedValue COMMA to=block {f.terminators.beginSwitch($typedValue.v, $to.b);} LBRACKET switchCase* RBRACKET {f.terminators.endSwitch();}
  | INDIRECTBR typedValue COMMA blocks {f.terminators.indirectBr($typedValue.v, $blocks.list);}
  | INVOKE callee TO to=block UNWIND other=block {f.calls.invoke($to.b, $other.b);}
  | CALLBR callee TO to=block blocks {f.calls.callBr($to.b, $blocks.list);}
  | RESUME typedValue {f.exceptions.resume($typedValue.v);}
  | CATCHSWITCH WITHIN pad blocks UNWIND destination {f.exceptions.catchSwitch($pad.v, $blocks.list, $destination.b);}
  | CATCHRET FROM pad TO to=block {f.exceptions.catchRet($pad.v, $to.b);}
  | CLEANUPRET FROM pad UNWIND destination {f.exceptions.cleanupRet($pad.v, $destination.b);}
  | UNREACHABLE {f.terminators.unreachable();}
  ;

arithmetic                                                               // unary and binary operations
  : FNEG flags typedValue {f.operations.fneg($flags.f, $typedValue.v);}
  | BINARY {String op = text();} flags argumentType left=value[$argumentType.t] COMMA right=value[$argumentType.t] {f.operations.binary(op, $flags.f, $left.v, $right.v);}
  ;

vectorOperation
  : EXTRACTELEMENT a=typedValue COMMA b=typedValue {f.aggregates.extractElement($a.v, $b.v);}
  | INSERTELEMENT a=typedValue COMMA b=typedValue COMMA c=typedValue {f.aggregates.insertElement($a.v, $b.v, $c.v);}
  | SHUFFLEVECTOR a=typedValue COMMA b=typedValue COMMA c=typedValue {f.aggregates.shuffleVector($a.v, $b.v, $c.v);}
  ;

aggregateOperation
  : EXTRACTVALUE a=typedValue {f.aggregates.beginIndices();} indexTail {f.aggregates.extractValue($a.v);}
  | INSERTVALUE a=typedValue COMMA b=typedValue {f.aggregates.beginIndices();} indexTail {f.aggregates.insertValue($a.v, $b.v);}
  ;

allocation
  : ALLOCA (TYPE_ATTRIBUTE {f.memory.allocaWord(text());} | WORD {f.memory.allocaWord(text());})* type {f.memory.beginAlloca($type.t);} allocaTail {f.memory.alloca();}
  ;

memoryAccess
  : LOAD flags {int at = next();} type COMMA a=typedValue ordering {f.memory.load($flags.f, $type.t, at, $a.v);}
  | STORE flags a=typedValue COMMA b=typedValue ordering {f.memory.store($flags.f, $a.v, $b.v);}
  | FENCE ordering {f.memory.fence();}
  | CMPXCHG flags a=typedValue COMMA b=typedValue COMMA c=typedValue scope ORDERING {f.memory.ordering(text());} ORDERING {f.memory.cmpXchg($flags.f, $a.v, $b.v, $c.v, text());}
  | ATOMICRMW {f.memory.beginAtomic();} (rmwWord {f.memory.atomicWord(text());})+ a=typedValue COMMA b=typedValue ordering {f.memory.atomicRmw($a.v, $b.v);}
  ;

elementPointer
  : GETELEMENTPTR {f.memory.beginElementPointer();} elementFlag* {int at = next();} type COMMA typedValue {f.memory.elementType($type.t, at, $typedValue.v);} elementTail {f.memory.getElementPtr();}
  ;

conversion
  : CAST {String op = text();} flags typedValue TO type {f.operations.cast(op, $flags.f, $typedValue.v, $type.t);}
  ;

comparison
  : ICMP {f.operations.beginCompare();} (predicate {f.operations.compareWord(text());})* argumentType left=value[$argumentType.t] COMMA right=value[$argumentType.t] {f.operations.icmp($left.v, $right.v);}
  | FCMP {f.operations.beginCompare();} (predicate {f.operations.compareWord(text());})* argumentType left=value[$argumentType.t] COMMA right=value[$argumentType.t] {f.operations.fcmp($left.v, $right.v);}
  ;

phi : PHI flags type {f.operations.beginPhi($flags.f, $type.t);} incoming[$type.t] phiTail[$type.t] {f.operations.endPhi();} ;

call : (TAIL {f.calls.tailKind(text());})? CALL callee {f.calls.call();} ;

otherOperation
  : SELECT flags a=typedValue COMMA b=typedValue COMMA c=typedValue {f.operations.select($flags.f, $a.v, $b.v, $c.v);}
  | FREEZE a=typedValue {f.operations.freeze($a.v);}
  | VA_ARG a=typedValue COMMA type {f.operations.vaArg($a.v, $type.t);}
  | LANDINGPAD type {f.exceptions.beginLandingPad($type.t);} landingClause* {f.exceptions.landingPad();}
  | CATCHPAD WITHIN pad LBRACKET padArguments RBRACKET {f.exceptions.catchPad($pad.v, $padArguments.list);}
  | CLEANUPPAD WITHIN pad LBRACKET padArguments RBRACKET {f.exceptions.cleanupPad($pad.v, $padArguments.list);}
  ;

returned
  : VOID {lastType = SpecialType.VOID;} (typeTail value[lastType] {f.terminators.ret($value.v);})? {f.terminators.endRet();} // ret void   ret void ()* @f
  | (simpleType | structType) typeTail? value[lastType] {f.terminators.ret($value.v);} // ret i32 %x
  ;

switchCase : typedValue COMMA block {f.terminators.switchCase($typedValue.v, $block.b, start());} ;

blocks returns [List<BasicBlock> list]
  @init {$list = new ArrayList<>();}
  : LBRACKET (block {$list.add($block.b);} (COMMA block {$list.add($block.b);})*)? RBRACKET
  ;

destination returns [BasicBlock b]
  : TO CALLER                                                            // unwind to caller
  | block {$b = $block.b;}
  ;

pad returns [Value v]
  : NONE {$v = SimpleConstant.none();}
  | LOCAL {$v = local(SpecialType.TOKEN);}
  ;

ordering : scope (ORDERING {f.memory.ordering(text());})? ;

scope : (SYNCSCOPE LPAREN STRING {f.memory.syncScope(string());} RPAREN)? ;

rmwWord : WORD | BINARY ;                                                // volatile  xchg  add

indexTail : (COMMA (INTEGER {f.aggregates.index(number());} | attachment[f.attachments()]))* ;

allocaTail : (COMMA (tailClause | typedValue {f.memory.allocaCount($typedValue.v);}))* ;

elementFlag
  : WORD {f.memory.elementFlag(text());}
  | INRANGE LPAREN raw* RPAREN
  ;

elementTail : (COMMA (typedValue {f.memory.elementIndex($typedValue.v);} | attachment[f.attachments()]))* ;

incoming[Type t] : LBRACKET value[$t] COMMA LOCAL {f.operations.incoming($value.v, f.block(localName(), localNumber(), start()));} RBRACKET ; // [ 0, %entry ]

phiTail[Type t] : (COMMA (incoming[$t] | attachment[f.attachments()]))* ;

landingClause
  : CLEANUP {f.exceptions.cleanup();}
  | CATCH typedValue {f.exceptions.landingClause($typedValue.v, false);}
  | FILTER typedValue {f.exceptions.landingClause($typedValue.v, true);}
  ;

padArguments returns [List<Value> list]
  @init {$list = new ArrayList<>();}
  : (operand {$list.add($operand.v);} (COMMA operand {$list.add($operand.v);})*)?
  ;

operand returns [Value v]
  : METADATA metadata {$v = new MetadataAsValue($metadata.md);}          // metadata !7
  | block {$v = $block.b;}
  | argumentType value[$argumentType.t] {$v = $value.v;}
  ;

callee                                                                   // fastcc noundef i32 @f(i32 %x) #1 [ "deopt"(i32 1) ]
  : {f.calls.beginCall(next());} callWord* type {f.calls.callType($type.t);} value[f.calls.calleeType()] {f.calls.callee($value.v);}
    LPAREN (callArgument (COMMA callArgument)*)? RPAREN callClause*
    (LBRACKET bundle (COMMA bundle)* RBRACKET)?
  ;

callWord
  : CC INTEGER {f.calls.callConvention("cc " + text());}
  | addressSpace {f.calls.callAddressSpace($addressSpace.n);}
  | attribute[f.calls.words()]
  ;

callArgument
  @init {f.calls.beginArgument(next());}
  : METADATA metadata {f.calls.argument(new MetadataAsValue($metadata.md));}
  | argumentType attribute[f.calls.words()]* value[$argumentType.t] {f.calls.argument($value.v);}
  | ELLIPSIS {f.calls.forwardedVarArgs(start());}                                     // musttail call void (...) @f(ptr %this, ...)
  ;

callClause
  : WORD {f.calls.words().word(text(), start());} attributeArguments[f.calls.words()]
  | TYPE_ATTRIBUTE {f.calls.words().word(text(), start());} (LPAREN type RPAREN {f.calls.words().type($type.t);})?
  | (ALIGN | ALIGNSTACK) {f.calls.words().word(text(), start());} attributeArguments[f.calls.words()]
  | STRING {f.calls.words().string(string());} (EQUALS STRING {f.calls.words().stringValue(string());})?
  | ATTRIBUTE_ID {f.calls.group(number());}
  ;

bundle : STRING {f.calls.beginBundle(string());} LPAREN (operand {f.calls.bundleInput($operand.v);} (COMMA operand {f.calls.bundleInput($operand.v);})*)? RPAREN {f.calls.endBundle();} ;
