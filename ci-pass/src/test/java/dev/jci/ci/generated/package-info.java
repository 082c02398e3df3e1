/**
 * Random programs for property tests. {@link dev.jci.ci.generated.GeneratedProgram} makes a module of a seed: functions with arbitrary
 * control-flow graphs, irreducible ones too, and functions made of nested loops and branches. All of them end.
 */
@NullMarked
package dev.jci.ci.generated;

import org.jspecify.annotations.NullMarked;
