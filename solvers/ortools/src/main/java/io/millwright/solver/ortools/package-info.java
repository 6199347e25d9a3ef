/**
 * OR-Tools behind guards, for the areas that prove or that plan with integers: natives loaded with
 * an error that says what to add, callbacks whose exceptions cannot end the process, a status in
 * place of values that mean nothing, and a stop that is heard. Models are built with OR-Tools' own
 * classes. Public for plug-ins; an area that works without proofs makes this module optional.
 */
@NullMarked
package io.millwright.solver.ortools;

import org.jspecify.annotations.NullMarked;
